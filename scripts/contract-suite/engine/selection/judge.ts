import type { AdfType } from '../../../sentinel/adf-types';
import { searchText } from '../../../sentinel/adf-types';
import { selectAdfs, type AdfFile } from '../../../sentinel/select-adfs';
import { QUIRKS } from '../../quirks';
import type { Scope } from '../scope';
import { disagreement } from './explain';
import { attributeRowsOf, deltasOf, type Candidate, type Chosen } from './facts';
import type { Sample } from './samples';
import { timesOfLevel0 } from './times';

/** What the rule says of one type for the products of a sample. */
export interface Verdict {
  readonly problem?: string;
  /** Files that the rule chooses and no baseline has. */
  readonly missing: readonly string[];
  /** Any file that the rule chooses. */
  readonly chosen?: string;
}

/** One type, for every product of the sample; `needed` are all types of the sample, in the order of the service. */
export function judge(
  type: AdfType,
  candidates: readonly Candidate[],
  sample: Sample,
  products: readonly Chosen[],
  needed: readonly AdfType[],
  scope: Scope,
): Verdict {
  const own = inServiceOrder(candidates, type, sample);
  const judged = products.flatMap(({ level0, names }) => {
    const expected = expectedFiles(level0, type, own, sample, scope);
    const times = timesOfLevel0(level0, sample);
    if (!expected || !times) return [];
    const answered = names.filter((name) => isOfType(name, type));
    const sensing = { ...times, ...deltasOf(sample.mission, type, scope) };
    const problem = disagreement({ type, sensing, candidates: own, expected, answered });
    const missing = answered.length === 0 ? expected.map(({ name }) => name) : [];
    const cause = missing.length > 0 ? `. ${causeOfLoss(type, names, needed)}` : icidHint(type);
    return [{ level0, expected, missing, ...(problem === undefined ? {} : { problem: problem + cause }) }];
  });
  const wrong = judged.filter(({ problem }) => problem !== undefined);
  const [first] = wrong;
  return {
    missing: [...new Set(judged.flatMap(({ missing }) => missing))],
    chosen: judged.flatMap(({ expected }) => expected)[0]?.name,
    ...(first ? { problem: `${first.level0}${others(wrong.length - 1)}: ${first.problem ?? ''}` } : {}),
  };
}

export function isOfType(name: string, { longName }: AdfType): boolean {
  return name.includes(searchText(longName));
}

/** Files for all units first, then those of the unit (rdb.md §4.2), each in order of names. */
function inServiceOrder(
  candidates: readonly Candidate[],
  type: AdfType,
  { mission, unit }: Sample,
): readonly Candidate[] {
  const own = candidates.filter(({ name }) => isOfType(name, type));
  const sorted = [...own].sort((one, other) => (one.name < other.name ? -1 : 1));
  const platform = mission.slice(0, 2);
  return [`${platform}_`, platform + unit].flatMap((head) => sorted.filter(({ name }) => name.startsWith(head)));
}

function expectedFiles(
  level0: string,
  type: AdfType,
  candidates: readonly Candidate[],
  sample: Sample,
  scope: Scope,
): readonly Candidate[] | undefined {
  const times = timesOfLevel0(level0, sample);
  if (!times) return undefined;
  const { mission, unit, productType } = sample;
  const files: readonly AdfFile[] = candidates.map((file) => ({ ...file, type }));
  const [chosen] = selectAdfs(
    { level0, ...times, mission, unit, productType },
    {
      types: [type],
      adfsOfType: () => files,
      deltasOf: () => deltasOf(mission, type, scope),
      attributeRows: attributeRowsOf(mission, scope),
    },
  );
  return chosen?.files ?? [];
}

/** Why a type may be missing, as far as the baseline itself tells. */
function causeOfLoss(type: AdfType, names: readonly string[], needed: readonly AdfType[]): string {
  if (names.length === 0) return `The whole list is empty: ${QUIRKS.firstPlatform} Or an ICID gap (rdb.md §4.5).`;
  const later = needed.slice(needed.findIndex(({ longName }) => longName === type.longName) + 1);
  const goesOn = later.some((other) => names.some((name) => isOfType(name, other)));
  if (!goesOn && later.length > 0) return QUIRKS.missingDeltas;
  return `${QUIRKS.droppedType} Or: ${QUIRKS.poisonedCache}`;
}

function icidHint({ mission }: AdfType): string {
  return mission === 'S1SAR'
    ? '. For types with an instrument configuration only files of the ICID in force count (rdb.md §4.5): compare InstrumentConfigurationID of both in auxip.svc'
    : '';
}

function others(count: number): string {
  return count === 0 ? '' : ` and ${count} more`;
}
