import { variable } from './shared/variables';

if (variable('file_link') === '') pm.execution.skipRequest();
