/** Why a choice is not the rule's, in words that name files, dates and the rule. */
import type { AdfType } from '../../../sentinel/adf-types';
import { parseAdfName } from '../../../sentinel/adf-name';
import { acceptableChoices, misfitOf, type Alternatives } from '../../../sentinel/acceptable-choices';
import type { Deltas } from '../../../sentinel/select-adfs';
import { RULE_WORDS } from '../../../sentinel/rule-words';
import { applyRule, dependsOnDeltas, widened, type Sensing } from '../../../sentinel/selection-rules';
import type { Candidate } from './facts';
import { stamp } from './steps';

export interface Disagreement {
  readonly type: AdfType;
  readonly sensing: Sensing;
  readonly candidates: readonly Candidate[];
  /** Names. */
  readonly answered: readonly string[];
}

/** Undefined when what was answered is a right choice for these deltas. */
export function disagreement({ type, sensing, candidates, answered }: Disagreement): string | undefined {
  const choices = acceptableChoices(type.rule, candidates, sensing);
  const misfit = misfitOf(choices, answered);
  if (!misfit) return undefined;
  const { lost, extra } = misfit;
  const twice = extra.filter((name) => choices.flat().some((file) => file.name === name));
  const strangers = extra.filter((name) => !twice.includes(name));
  const [from, to] = widened(sensing).map(stamp);
  const parts = [
    ...(answered.length === 0 ? ['no file of this type was answered'] : []),
    ...strangers.slice(0, 2).map((name) => `answered ${strange(name, type, sensing, candidates)}`),
    ...(twice.length > 0 ? [`answered twice, or with another as good: ${twice[0] ?? ''}`] : []),
    ...lost.slice(0, 2).map((files) => `the rule chooses ${shownAlternatives(files)}`),
    ...(choices.length === 0 ? [`the rule chooses none of ${candidates.length} candidates`] : []),
    `because ${type.rule} selects ${RULE_WORDS[type.rule]}, here ${from ?? ''} to ${to ?? ''}${widening(type, sensing)}`,
    ...bandsLost(lost, extra, answered),
  ];
  return parts.join('; ');
}

/** Nothing where the interval is the sensing time. */
function widening({ rule }: AdfType, { delta0, delta1 }: Sensing): string {
  return dependsOnDeltas(rule) && (delta0 !== 0 || delta1 !== 0) ? ` (${shownDeltas({ delta0, delta1 })})` : '';
}

export function shownDeltas({ delta0, delta1 }: Deltas): string {
  return `delta0 ${delta0} s, delta1 ${delta1} s`;
}

function shownAlternatives([file, ...others]: Alternatives<Candidate>): string {
  const names = others.length > 3 ? `any of ${others.length} others` : others.map(({ name }) => name).join(' or ');
  return `${shownFile(file)}${others.length > 0 ? `, or as well ${names}` : ''}`;
}

/** A file that should not be there, and whether it could have been at all. */
function strange(name: string, { rule }: AdfType, sensing: Sensing, candidates: readonly Candidate[]): string {
  const candidate = candidates.find((file) => file.name === name);
  const file = candidate ?? { name, ...(parseAdfName(name) ?? { start: NaN, stop: NaN, creation: NaN }) };
  if (!candidate)
    return `${shownFile(file)}, which is not a candidate: reprocessing.svc does not list it for this satellite and time`;
  const alone = applyRule(rule, [candidate], sensing).length > 0;
  return `${shownFile(file)}, ${alone ? 'which would be chosen only without the other' : 'which could not be chosen even if it were the only one'}`;
}

/** Names that are not trimmed make all bands of a type compete (rdb.md#selection-rules). */
function bandsLost(lost: readonly unknown[], extra: readonly string[], answered: readonly string[]): string[] {
  const banded = lost.length > 2 && extra.length === 0 && answered.length === 1;
  return banded
    ? ['one file is listed for all bands: names that end in a newline compete as one set (rdb.md#selection-rules)']
    : [];
}

function shownFile({ name, start, stop, creation }: Candidate): string {
  if (Number.isNaN(start)) return name;
  return `${name} (valid ${stamp(start)} to ${stamp(stop)}, created ${stamp(creation)})`;
}
