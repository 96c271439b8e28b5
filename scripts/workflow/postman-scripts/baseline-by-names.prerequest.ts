import { keepWaiting } from './shared/auxiliary-files';
import { skipRequest } from './shared/execution';
import { variable } from './shared/variables';

// The first request of folder 1 forgets the files of an earlier run, whether it is sent or not.
keepWaiting([]);

if (variable('l0_names') === '') skipRequest();
