import { FOUND_MESSAGE } from '../../../sentinel/level0-messages';
import { missionsOfLevel0, parseLevel0Name } from '../../../sentinel/level0-name';
import { level0Times } from '../../../sentinel/level0-times';
import type { Answer } from '../answer';
import { entriesOf, fileText, isWithin, keepBaseline, rowOf, type BaselineEntry } from '../baseline-sample';
import { difference, finding, setDifference, type Finding } from '../finding';
import { forgetLinked, keepLinked } from '../linked-files';
import { emptinessOf } from '../selection/emptiness';
import type { Scope } from '../scope';
import { envelope } from './baseline-envelope';
import { filePromises, forAll, type PromiseOf } from './baseline-files';

/** So few that edges, halves and orders can be asked for. */
const FEWEST = 4;
const MOST = 60;

/** The sample comes in: products of the interval, each with files of its satellite. Seeds for other cases are taken from it. */
export function readBaselineSample(answer: Answer, scope: Scope): Finding[] {
  const entries = [...entriesOf(answer)].sort((a, b) => (a.Level0 < b.Level0 ? -1 : 1));
  const files = entries.flatMap(({ AuxDataFiles }) => AuxDataFiles);
  if (entries.length >= FEWEST) {
    keepBaseline(entries.map(rowOf), scope);
    keepSeeds(
      entries.map(({ Level0 }) => Level0),
      scope,
    );
    forgetLinked(scope);
    keepLinked(files, scope);
  }
  return [
    envelope(answer),
    finding(`The sample has ${FEWEST} to ${MOST} products`, () =>
      entries.length >= FEWEST && entries.length <= MOST
        ? undefined
        : `${entries.length}: set sample_start and sample_stop to another interval`,
    ),
    finding('Every product is listed once', () =>
      setDifference([...new Set(entries.map(level0))], entries.map(level0), 'products'),
    ),
    ...eachProduct(entries, scope),
    finding('One id for each name, one name for each id', () => idsOfNames(entries)),
    ...filePromises(files, { mission: scope.value('mission'), unit: scope.value('unit') }, scope),
  ];
}

function eachProduct(entries: readonly BaselineEntry[], scope: Scope): Finding[] {
  const [mission, unit] = [scope.value('mission'), scope.value('unit')];
  const [start, stop] = [Date.parse(scope.value('sample_start')), Date.parse(scope.value('sample_stop'))];
  const empty = emptinessOf(
    { mission },
    entries.map(({ AuxDataFiles }) => ({ names: AuxDataFiles.map(({ Name }) => Name) })),
  );
  const promises: readonly PromiseOf<BaselineEntry>[] = [
    [
      'Every product is one of the mission and unit',
      ({ Level0 }) => {
        const name = parseLevel0Name(Level0);
        if (!name) return 'no name of a Level-0 product';
        return name.unit === unit && missionsOfLevel0(name).includes(mission)
          ? undefined
          : `asked for ${mission} ${unit}`;
      },
    ],
    [
      'Every product lies wholly inside the interval',
      ({ Level0 }) => (isWithin(Level0, start, stop) ? undefined : 'outside'),
    ],
    ['Every product is said to be in the data base', ({ Message }) => difference(FOUND_MESSAGE, Message)],
    [
      'Every product has files',
      ({ AuxDataFiles }) =>
        AuxDataFiles.length > 0 ? undefined : { problem: 'an empty list with status 200', cause: empty },
    ],
    [
      'No file is listed twice',
      ({ AuxDataFiles }) => {
        const names = AuxDataFiles.map(({ Name }) => Name.trim());
        return setDifference([...new Set(names)], names, 'names');
      },
    ],
  ];
  return promises.map((promise) => forAll(promise, entries, level0));
}

const level0 = ({ Level0 }: BaselineEntry): string => Level0;

function idsOfNames(entries: readonly BaselineEntry[]): string | undefined {
  const files = new Set(entries.flatMap(({ AuxDataFiles }) => AuxDataFiles).map(fileText));
  const parts = [...files].map((file) => file.split(' '));
  const names = new Set(parts.map(([name]) => name));
  const ids = new Set(parts.map((part) => part.at(-1)));
  return names.size === files.size && ids.size === files.size
    ? undefined
    : `${files.size} files, ${names.size} names, ${ids.size} ids`;
}

/** Values that other cases put into their requests: products in the middle and their edges, names in several writings. */
function keepSeeds(names: readonly string[], scope: Scope): void {
  const middle = Math.floor(names.length / 2);
  const [item = '', next = '', first = ''] = [names[middle], names[middle + 1], names[0]];
  const times = level0Times(item);
  if (!times) return;
  const stamp = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
  const [stem = '', ...extensions] = item.split('.');
  const seeds: Readonly<Record<string, string>> = {
    base_l0: item,
    base_l0_next: next,
    base_l0_first: first,
    base_l0_stem: stem,
    base_l0_shorter: [stem, ...extensions.slice(0, -1)].join('.'),
    base_l0_strange: `${stem.slice(0, -3)}000${extensions.map((part) => `.${part}`).join('')}`,
    base_l0_other_unit: `${item.slice(0, 2)}${scope.value('other_unit')}${item.slice(3)}`,
    base_l0_encoded: item.replaceAll('_', '%5F'),
    base_start: stamp(times.start),
    base_stop: stamp(times.stop),
    base_start_later: stamp(times.start + 1000),
    base_start_earlier: stamp(times.start - 1000),
    base_stop_earlier: stamp(times.stop - 1000),
    base_stop_later: stamp(times.stop + 1000),
    base_digits_start: stamp(times.start).slice(0, -1),
    base_digits_stop: stamp(times.stop).slice(0, -1),
    mission_lower: scope.value('mission').toLowerCase(),
    product_type_lower: scope.value('product_type').toLowerCase(),
    sample_level: scope.value('product_type').slice(0, 2),
    base_many: manyNames(names),
    base_many_reversed: manyNames(names).split(',').reverse().join(','),
  };
  for (const [name, value] of Object.entries(seeds)) scope.remember(name, value);
}

/** As many as fit into a URL of 2000 characters. */
function manyNames(names: readonly string[]): string {
  return names.slice(0, Math.floor(1700 / ((names[0]?.length ?? 0) + 1))).join(',');
}
