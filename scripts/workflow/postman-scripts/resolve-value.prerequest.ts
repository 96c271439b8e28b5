import { variable } from './shared/variables';

if (variable('file_id') === '') pm.execution.skipRequest();
