/** Which products are looked for next to those that came, and what is known of their times. */
import { describe, expect, test } from 'vitest';
import { neighbourNames } from '../../scripts/contract-suite/engine/intervals/neighbours';
import { boundsOf, exactTimes, lies } from '../../scripts/contract-suite/engine/intervals/sample-times';
import { parseLevel0Name } from '../../scripts/sentinel/level0-name';
import { level0Granules } from '../../scripts/sandbox/catalogue/granules';
import { lightSteps } from '../helpers/light-suite';
import { withSandbox } from '../helpers/with-sandbox';

const DAY = { start: Date.UTC(2024, 2, 1), stop: Date.UTC(2024, 2, 2) };
const ALTIMETER = level0Granules().flatMap((name) => {
  const level0 = parseLevel0Name(name);
  const isThere = level0?.kind === 'SR_0_SRA' && level0.t0 >= DAY.start && level0.t1 <= DAY.stop;
  return isThere ? [{ name, start: level0.t0, stop: level0.t1 }] : [];
});

describe('products next to those that came', () => {
  test('one that is missing in the middle is asked for by the second at which it begins, and the end of its sensing', () => {
    const lost = ALTIMETER[40]!;
    const asked = neighbourNames(
      ALTIMETER.filter(({ name }) => name !== lost.name),
      DAY,
      '1',
    );
    const begin = lost.name.slice(0, 31);
    const end = lost.name.slice(32, 47);
    expect(asked).toContain(`${begin}.${end}`);
    expect(asked.every((name) => name.length === 47)).toBe(true);
  });

  test('nothing beyond the interval, and nothing where no length repeats itself', () => {
    const [first, second] = [ALTIMETER[0]!, ALTIMETER[5]!];
    expect(neighbourNames([first, second], DAY, '1')).toEqual([]);
    // Behind the first product of an orbit, which is shorter.
    const row = ALTIMETER.filter(({ start }) => start > Date.UTC(2024, 2, 1, 1, 5)).slice(0, 8);
    const narrow = { start: row[0]!.start, stop: row[7]!.stop };
    expect(neighbourNames(row, narrow, '1')).toEqual([]);
  });
});

test('a Sentinel-2 product is inside or outside to the second only where the time of its data take is known', () => {
  const name = 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar';
  const time = Date.UTC(2021, 2, 1, 0, 17, 14);
  const interval = { start: time + 1000, stop: time + 86_400_000 };
  expect([lies(boundsOf(name, []), interval), exactTimes(name, [])]).toEqual(['unsure', undefined]);
  expect([lies(boundsOf(name, [{ name, time }]), interval), exactTimes(name, [{ name, time }])]).toEqual([
    'outside',
    { start: time, stop: time },
  ]);
});

/** Of defects that were met and not noticed, one of each kind. */
test.each([
  ['g90210-24', 'rdb.svc baselines', /the message is one of the two/i],
  ['g90210-108', 'reprocessing.svc functions and refusals', /exactly the files that apply/],
  ['g90210-109', 'Quota', /Its MD5 is that of the catalogue/],
])('%s is noticed in %s', async (mutant, folder, promise) => {
  const { siteUrl } = await withSandbox({ mutant, scenario: 'documented-quota' });
  const steps = await lightSteps(folder, siteUrl, { quota_run: '5', contract_seed: '20261129' });
  const red = steps.flatMap(({ assertions }) => assertions.filter(({ outcome }) => outcome === 'failed'));
  expect(red.map(({ name }) => name).join('\n')).toMatch(promise);
});
