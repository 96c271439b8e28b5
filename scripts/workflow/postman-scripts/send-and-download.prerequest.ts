import { skipRequest } from './shared/execution';
import { variable } from './shared/variables';

if (variable('file_link') === '') skipRequest();
