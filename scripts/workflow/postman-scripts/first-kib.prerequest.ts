import { skipRequest } from './shared/execution';
import { variable } from './shared/variables';

// Without an address there is nothing to ask the store for; the request before has said why.
if (variable('store_url') === '') skipRequest();
