import { RETRY_POLICY, type RetryPolicy } from '../../scripts/services/retry';

const quick = <Key extends 'quota' | 'busy' | 'fault' | 'broken'>(key: Key) => ({ ...RETRY_POLICY[key], delay: 1 });

/** The attempts of production with waits of milliseconds. */
export const QUICK_PATIENCE: RetryPolicy = {
  quota: quick('quota'),
  busy: quick('busy'),
  fault: quick('fault'),
  broken: quick('broken'),
  longestWait: 1000,
};
