import { CONFIGURED_QUOTA } from '../../../auxip/quota';
import type { Reply } from '../../../http/reply';
import type { Faults } from '../../scenarios/faults';
import { afterService } from '../around';
import { inGroup } from '../mutant';

const VALUE = /\/(?:\$|%24)value$/;

/** How many downloads an account may start (auxip.md#quota). */
export const QUOTA_MUTANTS = inGroup('quota', [
  {
    name: 'two-downloads-in-a-run',
    defect: 'the third $value in a run is 429, long before the quota is reached',
    create: () => ({ quota: { ...CONFIGURED_QUOTA, parallelDownloads: 2 } }),
  },
  {
    name: 'quota-in-bytes',
    defect: 'the quota of volume is counted in bytes: the second $value is 429',
    create: () => ({ quota: { ...CONFIGURED_QUOTA, totalDownloads: 1e-8 } }),
  },
  {
    name: 'quota-never-charged',
    defect: 'the documented quota is not kept: no run of $value is too long',
    needs: { quota: 'documented' },
    create: () => ({ quota: CONFIGURED_QUOTA }),
  },
  {
    name: 'quota-one-more',
    defect: 'one $value more than the documented number is granted in a run',
    needs: { quota: 'documented' },
    create: () => ({ quota: { ...CONFIGURED_QUOTA, totalDownloads: 1000, parallelDownloads: 6 } }),
  },
  {
    name: 'quota-without-reason',
    defect: '429 comes without a body',
    needs: { quota: 'documented' },
    create: () => refusals((reply) => ({ status: reply.status, headers: { 'OData-Version': '4.0' } })),
  },
  {
    name: 'quota-as-503',
    defect: 'too many $value are 503, not 429',
    needs: { quota: 'documented' },
    create: () => refusals((reply) => ({ ...reply, status: 503 })),
  },
]);

function refusals(change: (reply: Reply) => Reply): Faults {
  return afterService(VALUE, (reply) => (reply.status === 429 ? change(reply) : reply));
}
