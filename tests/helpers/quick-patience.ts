import { PATIENCE, type Patience } from '../../scripts/services/retry';

const quick = <Key extends 'quota' | 'busy' | 'fault' | 'broken'>(key: Key) => ({ ...PATIENCE[key], delay: 1 });

/** The attempts of production with waits of milliseconds. */
export const QUICK_PATIENCE: Patience = {
  quota: quick('quota'),
  busy: quick('busy'),
  fault: quick('fault'),
  broken: quick('broken'),
  longestWait: 1000,
};
