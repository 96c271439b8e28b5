import { afterEach, expect, test, vi } from 'vitest';
import { writeCampaigns, type WriteCampaignsOptions } from '../../scripts/cluster/worker/write-campaigns';

afterEach(() => void vi.useRealTimers());

/** Looks at a queue without campaigns, in Redis' place. */
function lookingAtNothing(): { options: WriteCampaignsOptions; looks: () => number } {
  let looks = 0;
  const smembers = (): Promise<string[]> => {
    looks += 1;
    return Promise.resolve([]);
  };
  const queue = { redis: { smembers } } as unknown as WriteCampaignsOptions['queue'];
  const targets = { of: () => Promise.reject(new Error('no campaign')) };
  return {
    options: { queue, targets, id: 'here', lease: 1000, onErrors: () => undefined },
    looks: () => looks,
  };
}

test.each([
  ['in the middle of a look', 0],
  ['between two looks', 10],
])(
  'who is told to end %s does not wait for the next one',
  async (_name, turns) => {
    // The pause between two looks never ends by itself.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { options, looks } = lookingAtNothing();
    const writing = writeCampaigns(options);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await writing.finish({ isPatient: true });
    expect(looks()).toBe(2);
  },
  5000,
);
