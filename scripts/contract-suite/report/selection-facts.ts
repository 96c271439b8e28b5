/** What the suite learned of the tables that decide which files are chosen, and that no service publishes: as data, and in words. */
import { plural } from '../../lib/format';
import type { CaseStep } from '../../newman/case-step';
import type { SelectionFacts, TypeFacts } from '../learned';

/** The last word on each type; undefined when no rule was looked at. */
export function selectionFacts(steps: readonly CaseStep[]): SelectionFacts | undefined {
  const told = steps.flatMap(({ facts }) => facts ?? []) as readonly SelectionFacts[];
  const types = new Map(told.flatMap((facts) => facts.types.map((type) => [`${type.mission} ${type.type}`, type])));
  const level0Attributes = told.at(-1)?.level0Attributes;
  return level0Attributes && { types: [...types.values()], level0Attributes };
}

/** One line for the deltas, one for the attributes. */
export function selectionLines({ types, level0Attributes }: SelectionFacts): readonly string[] {
  const count = (kind: TypeFacts['deltas']): number => types.filter(({ deltas }) => deltas === kind).length;
  const counts = [
    `${plural(count('zero'), 'type')}: zero`,
    `${plural(count('published'), 'type')}: as published`,
    `${plural(count('learned'), 'type')}: learned`,
    ...(count('contradictory') > 0 ? [`${plural(count('contradictory'), 'type')}: no deltas explain the answers`] : []),
  ];
  return [
    `Deltas: ${counts.join(', ')}. ${plural(count('not used'), 'other type')} ${count('not used') === 1 ? 'does' : 'do'} not use them.`,
    `Level-0 attributes: ${ATTRIBUTE_WORDS[level0Attributes]}.`,
  ];
}

const ATTRIBUTE_WORDS: Readonly<Record<SelectionFacts['level0Attributes'], string>> = {
  'in force': 'published rows in force',
  'not in force': 'published rows not in force',
  contradictory: 'neither the published rows nor an empty table explain the answers',
  unknown: 'no answer tells whether the published rows are in force',
};

/** `S3OLCI AX___FRO_AX (LatestValCover): delta0 in [20, 20], delta1 in [85, 85] s`, for the types with deltas that were learned. */
export function learnedLines({ types }: SelectionFacts): readonly string[] {
  return types.filter(({ deltas }) => deltas === 'learned').map(learnedLine);
}

function learnedLine({ mission, type, rule, delta0, delta1, difference, answers, withFiles }: TypeFacts): string {
  const bounds = [
    ['delta0', delta0],
    ['delta1', delta1],
    ...(rule === 'LatestValidityClosest' ? [['delta1 − delta0', difference] as const] : []),
  ] as const;
  const ranges = bounds.map(([name, range]) => `${name} in ${shownRange(range)}`).join(', ');
  const without = withFiles === 0 ? '; none has a file' : '';
  return `${mission} ${type} (${rule}): ${ranges} s, from ${plural(answers, 'answer')}${without}`;
}

/** Deltas are whole seconds or half ones: others in the interval are not told. */
function shownRange(range: TypeFacts['delta0']): string {
  if (!range) return '[]';
  const [min, max] = [Math.ceil(range[0] * 2) / 2, Math.floor(range[1] * 2) / 2];
  return `[${(min <= max ? [min, max] : range).join(', ')}]`;
}
