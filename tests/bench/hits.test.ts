import { describe, expect, test } from 'vitest';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { hitBy, Hits } from '../../bench/mutants/hits';

const NAMES = CASE_FOLDERS.map(({ name }) => name);
const COSTS = Object.fromEntries(NAMES.map((name) => [name, 1]));
const MUTANT = { name: 'g1-1', area: 'baselines', hit: ['rdb'] };

describe('the order in which folders are asked', () => {
  test('has every folder once, those of the service that is hit first', () => {
    const order = new Hits(COSTS).inOrder(MUTANT);
    expect(order.toSorted()).toEqual(NAMES.toSorted());
    const ofRdb = order.map((name) => /^(?:rdb|Selection)/.test(name));
    expect(ofRdb.indexOf(false)).toBe(ofRdb.filter(Boolean).length);
  });

  test('has the cheaper one of two first that are as likely', () => {
    const order = new Hits({ ...COSTS, 'Selection rules': 2, 'rdb.svc baselines': 4 }).inOrder(MUTANT);
    expect(order.indexOf('Selection rules')).toBeLessThan(order.indexOf('rdb.svc baselines'));
  });

  test('a folder that noticed mutants of the area comes first, in that area only', () => {
    const hits = new Hits(COSTS);
    for (let time = 0; time < 3; time += 1) hits.count(MUTANT, 'Quota');
    expect(hits.inOrder(MUTANT)[0]).toBe('Quota');
    expect(hits.inOrder({ ...MUTANT, area: 'choices' })[0]).not.toBe('Quota');
  });

  test('without a hit all are alike, and the cheapest is first', () => {
    expect(new Hits({ ...COSTS, Expiry: 0.5 }).inOrder({ name: 'x', area: 'lists' })[0]).toBe('Expiry');
  });
});

test('a witness tells the services that a mutant shows in, each once', () => {
  const at = (target: string) => ({ to: 'site', target }) as const;
  const witness = [at('/auxip.svc/Products'), at('/auxip.svc/Metrics'), at('/'), { to: 'token', form: {} }] as const;
  expect(hitBy([...witness, { to: 'store', id: 'x' }])).toEqual(['auxip', 'gateway', 'token', 'store']);
});
