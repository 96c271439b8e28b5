/** What the scripts of many cases have in common, so that it is in the collection once. */
import { isIntrusive } from '../contract-suite/case-costs';
import type { CaseFolder, ContractCase, Expectation } from '../contract-suite/contract-case';
import type { Conditions, SharedExpectation, SharedParts } from '../contract-suite/engine/shared-parts';

/** An answer that fewer cases expect is written with each of them. */
const MIN_USES = 3;

/** @throws Error for an `after` that names no case of its folder */
export function sharedPartsOf(folders: readonly CaseFolder[]): SharedParts {
  return { answers: sharedAnswers(folders), conditions: Object.fromEntries(folders.map(sharedConditions)) };
}

/** The expectation with the name of the answer that it shares, where it shares one. */
export function shortened(expect: Expectation, { answers }: SharedParts): SharedExpectation {
  const frame = JSON.stringify(frameOf(expect));
  const like = Object.keys(answers).find((name) => JSON.stringify(answers[name]) === frame);
  if (like === undefined) return expect;
  const { checks, otherwise } = expect;
  return { like, checks, otherwise };
}

/** The expectation without its checks, which are of its case alone. */
function frameOf(expect: Expectation): Expectation {
  const { status, contentType, headers, error, schema } = expect;
  return { status, contentType, headers, error, schema };
}

function sharedAnswers(folders: readonly CaseFolder[]): Record<string, Expectation> {
  const cases = folders.flatMap((folder) => folder.cases);
  const uses = new Map<string, { readonly frame: Expectation; count: number }>();
  for (const { expect, promised } of cases)
    for (const frame of [expect, promised?.expect].flatMap((item) => (item ? [frameOf(item)] : []))) {
      const known = uses.get(JSON.stringify(frame)) ?? { frame, count: 0 };
      known.count++;
      uses.set(JSON.stringify(frame), known);
    }
  const shared = [...uses.values()].filter(({ count }) => count >= MIN_USES).map(({ frame }) => frame);
  const titles = shared.map(titleOf);
  const numbers = titles.map((title, index) => titles.slice(0, index).filter((earlier) => earlier === title).length);
  return Object.fromEntries(
    shared.map((frame, index) => [`${titles[index] ?? ''}${numbers[index] ? ` (${numbers[index] + 1})` : ''}`, frame]),
  );
}

/** What it is, in few words: `200 json, rdb.baseline`. Two that sound alike are told apart by a number. */
function titleOf({ status, contentType, headers = {}, error, schema }: Expectation): string {
  const type = (contentType ?? '').replace('application/', '').replace(';odata.metadata=minimal', '');
  const named = Object.entries(headers).flatMap(([name, value]) => {
    if (name === 'OData-Version' && value !== null) return [];
    return value === null ? `no ${name}` : name;
  });
  const about = [schema ?? error?.message, ...named].filter(Boolean).join(', ');
  return [`${[status].flat().join('/')} ${type}`.trim(), about].filter(Boolean).join(', ');
}

function sharedConditions(folder: CaseFolder): [string, SharedParts['conditions'][string]] {
  const groups = new Map<string, [Conditions, string[]]>();
  for (const item of folder.cases) {
    const conditions = conditionsOf(folder, item);
    if (Object.keys(conditions).length === 0) continue;
    const key = JSON.stringify(conditions);
    const group = groups.get(key) ?? [conditions, []];
    group[1].push(item.name);
    groups.set(key, group);
  }
  return [folder.name, [...groups.values()]];
}

function conditionsOf(folder: CaseFolder, item: ContractCase): Conditions {
  const { profiles, needs, after } = item;
  return {
    ...(profiles ? { profiles } : {}),
    ...(needs ? { needs } : {}),
    ...(after ? { after: after.map((key) => caseName(folder, key)) } : {}),
    ...(isIntrusive(item) ? { costs: item.costs } : {}),
  };
}

function caseName({ name: folder, cases }: CaseFolder, key: string): string {
  const name = cases.find((item) => item.key === key)?.name;
  if (name === undefined) throw new Error(`Folder ${folder} has no case ${key}.`);
  return name;
}
