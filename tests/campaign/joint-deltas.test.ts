/** Calls of a few products each come to what a campaign in a folder finds with all products at once. */
import { expect, test } from 'vitest';
import {
  addPartial,
  concluded,
  partial,
  type PartialCompleteness,
} from '../../scripts/campaign/completeness/joint-deltas';
import { judgedCampaign, judgementOf, type CampaignFacts } from '../../scripts/campaign/completeness/judge';
import type { CompletenessError } from '../../scripts/campaign/completeness/judgement';
import { inGroups } from '../../scripts/lib/in-groups';
import type { AdfType } from '../../scripts/sentinel/adf-types';
import { type Deltas } from '../../scripts/sentinel/select-adfs';
import { rounds, seedOr } from '../helpers/budget';
import { campaignOf, OLCI } from '../helpers/made-campaign';
import { randomOf } from '../helpers/random';

const IN_A_CALL = 16;

/** The judgement of each call by itself. */
function callsOf(facts: CampaignFacts): PartialCompleteness[] {
  return Array.from(inGroups(facts.products, IN_A_CALL), (products) => {
    const campaign = judgedCampaign({ ...facts, products });
    const { configurationsWanted: _, ...judgement } = judgementOf(campaign);
    const judged = { judgedAt: '', source: 'reprocessing.svc' as const, ...judgement, allowed: [] };
    return partial(campaign, judged, []);
  });
}

function together(calls: readonly PartialCompleteness[], isWhole = true) {
  const [first, ...more] = calls;
  if (!first) throw new Error('no call');
  return concluded(more.reduce<PartialCompleteness>(addPartial, first), OLCI.mission, isWhole);
}

const typesOf = (errors: readonly CompletenessError[]): string[] =>
  errors.flatMap((error) => ('types' in error ? error.types.map(({ type }) => type) : [])).sort();

const codesOf = (errors: readonly { readonly code: string }[]): string[] => [
  ...new Set(errors.map(({ code }) => code)),
];

/** Its files begin once a day: most calls see no change. */
const TYPE = 'AX___FPO_AX';
const NAMES = OLCI.names.slice(0, 640).filter((_, place) => place % 4 === 0);
const planted = (delta0: number): CampaignFacts =>
  campaignOf({
    ...OLCI,
    names: NAMES,
    deltasOf: ({ longName }) => ({ delta0: longName === TYPE ? delta0 : 0, delta1: 0 }),
  });

test('deltas that no call shows by itself: nothing is wrong when all calls are known', () => {
  const facts = planted(7200);
  expect(judgementOf(judgedCampaign(facts)).errors).toEqual([]);
  const calls = callsOf(facts);
  expect(calls.flatMap(({ errors }) => errors)).toEqual([]);
  expect(calls.filter(({ open }) => open.length > 0).length).toBeGreaterThan(0);
  expect(together(calls, false).completeness.errors).toEqual([]);
  const { completeness, lacking } = together(calls);
  expect([completeness.errors, lacking]).toEqual([[], []]);
  expect(completeness.types.find(({ type }) => type === TYPE)).toMatchObject({ deltas: 'learned', deviating: 0 });
});

test('deltas that change from one call to the next are a finding of all calls, and of none alone', () => {
  const [before, after] = [planted(7200), planted(0)];
  const half = 5 * IN_A_CALL;
  const products = [...before.products.slice(0, half), ...after.products.slice(half)];
  const facts = { ...before, products };
  expect(judgementOf(judgedCampaign(facts)).errors.length).toBeGreaterThan(0);
  const calls = callsOf(facts);
  expect(calls.flatMap(({ errors }) => errors)).toEqual([]);
  const { completeness, lacking, contradicting } = together(calls);
  expect([...lacking, ...contradicting]).toEqual([TYPE]);
  expect(completeness.errors).toMatchObject([{ types: [{ type: TYPE }], of: NAMES.length }]);
  // In any order.
  expect(codesOf(together([...calls].reverse()).completeness.errors)).toEqual(codesOf(completeness.errors));
});

test('one file that is wrong stays wrong', () => {
  const facts = planted(0);
  const isOfType = (name: string): boolean => name.includes(TYPE);
  const last = facts.products.at(-1)?.files.find(isOfType) ?? '';
  const products = facts.products.map((product, place) =>
    place === 70 ? { ...product, files: product.files.map((name) => (isOfType(name) ? last : name)) } : product,
  );
  const own = judgementOf(judgedCampaign({ ...facts, products })).errors;
  const { completeness } = together(callsOf({ ...facts, products }));
  expect([own.length, codesOf(completeness.errors)]).toEqual([1, codesOf(own)]);
});

const seconds = (random: () => number): number => (random() < 0.4 ? 0 : Math.round(random() * 43_200));

test('whatever deltas a service is configured with', () => {
  const random = randomOf(seedOr(31));
  for (let round = 0; round < rounds(2, 60); round++) {
    const deltas = new Map<string, Deltas>();
    const deltasOf = ({ longName }: AdfType): Deltas => {
      const planted = deltas.get(longName) ?? { delta0: seconds(random), delta1: seconds(random) };
      deltas.set(longName, planted);
      return planted;
    };
    const facts = campaignOf({ ...OLCI, names: NAMES, deltasOf });
    const calls = callsOf(facts);
    const alone = calls.flatMap(({ errors }) => typesOf(errors));
    // Where no file covers so large an interval, a type is missing, which is told of a call by itself.
    expect(new Set(calls.flatMap(({ errors }) => codesOf(errors)))).toEqual(
      new Set(alone.length > 0 ? ['ADF_TYPE_MISSING'] : []),
    );
    const others = (errors: readonly CompletenessError[]): string[] =>
      typesOf(errors).filter((type) => !alone.includes(type));
    expect(others(together(calls).completeness.errors)).toEqual(others(judgementOf(judgedCampaign(facts)).errors));
  }
});
