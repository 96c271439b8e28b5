/** rdb.svc chooses otherwise for one type: another rule, other margins, or it does not see some of the files. */
import { isOfType, isWanted, typesOfMission, type AdfType } from '../../../../sentinel/adf-types';
import { parseLevel0Name } from '../../../../sentinel/level0-name';
import { SELECTION_RULE_NAMES } from '../../../../sentinel/selection-rules';
import type { AdfRecord, Catalogue } from '../../../catalogue/catalogue';
import { anyCall, callAt, chosenFor, targetOf, type Call } from './calls';
import { get, type Family } from './draft';
import { facts } from './facts';
import type { Random } from './random';

type Change = (catalogue: Catalogue) => Catalogue;

interface Choice {
  readonly words: string;
  readonly change: Change;
}

const SECOND = 1000;

function ofType(type: AdfType, change: (files: readonly AdfRecord[]) => readonly AdfRecord[]): Change {
  return (catalogue) => ({
    ...catalogue,
    choose: undefined,
    adfsOfType: (asked, platform, unit) => {
      const files = catalogue.adfsOfType(asked, platform, unit);
      return asked.longName === type.longName && asked.mission === type.mission ? change(files) : files;
    },
  });
}

function retyped(type: AdfType, change: (type: AdfType) => AdfType): Change {
  return (catalogue) => ({
    ...catalogue,
    types: catalogue.types.map((item) =>
      item.longName === type.longName && item.mission === type.mission ? change(item) : item,
    ),
  });
}

function moved(
  by: number,
  which: 'start' | 'stop' | 'creation',
): (files: readonly AdfRecord[]) => readonly AdfRecord[] {
  return (files) => files.map((file) => ({ ...file, [which]: file[which] + by }));
}

const SPANS = [
  [SECOND, 'a second'],
  [3600 * SECOND, 'an hour'],
  [86_400 * SECOND, 'a day'],
] as const;

function choiceFor(type: AdfType, call: Call, random: Random): Choice {
  return random.pick([otherRule, otherRule, unwanted, otherValidity, otherMargin, blind, blind, blind])(
    type,
    call,
    random,
  );
}

type ChoiceFor = (type: AdfType, call: Call, random: Random) => Choice;

const otherRule: ChoiceFor = (type, _call, random) => {
  const rule = random.pick(SELECTION_RULE_NAMES);
  return { words: `goes by ${rule}`, change: retyped(type, (item) => ({ ...item, rule })) };
};

const unwanted: ChoiceFor = (type, { productType }) => ({
  words: `does not look for files for ${productType}`,
  change: retyped(type, (item) => ({
    ...item,
    productTypes: item.productTypes.filter((name) => name !== productType && name !== productType.slice(0, 2)),
  })),
});

const otherValidity: ChoiceFor = (type, _call, random) => {
  const [by, span] = random.pick(SPANS);
  const [sign, way] = random.pick([
    [1, 'late'],
    [-1, 'early'],
  ] as const);
  const which = random.pick(['start', 'stop'] as const);
  return { words: `takes the ${which} of validities ${span} ${way}`, change: ofType(type, moved(sign * by, which)) };
};

const otherMargin: ChoiceFor = (type, _call, random) => {
  const [by, span] = random.pick(SPANS);
  const margin = random.pick(['delta0', 'delta1'] as const);
  return {
    words: `has a margin of ${span} ${margin === 'delta0' ? 'before' : 'behind'} the sensing`,
    change: (catalogue) => ({
      ...catalogue,
      deltasOf: (mission, asked) => {
        const deltas = catalogue.deltasOf?.(mission, asked) ?? { delta0: 0, delta1: 0 };
        return asked.longName === type.longName ? { ...deltas, [margin]: deltas[margin] + by / SECOND } : deltas;
      },
    }),
  };
};

type Files = readonly AdfRecord[];

const newest = (files: Files, key: 'creation' | 'start'): number => Math.max(...files.map((file) => file[key]));
const yearOf = (time: number): number => new Date(time).getUTCFullYear();

const BLIND: readonly (readonly [words: string, sees: (files: Files) => Files])[] = [
  [
    'does not see the file created last',
    (files) => files.filter(({ creation }) => creation !== newest(files, 'creation')),
  ],
  ['does not see the file that begins last', (files) => files.filter(({ start }) => start !== newest(files, 'start'))],
  ['does not see files for both units', (files) => files.filter(({ name }) => name.charAt(2) !== '_')],
  ['sees files for both units only', (files) => files.filter(({ name }) => name.charAt(2) === '_')],
  [
    'does not see files of the year of the newest',
    (files) => files.filter(({ creation }) => yearOf(creation) !== yearOf(newest(files, 'creation'))),
  ],
  [
    'takes the start of the validity for the creation',
    (files) => files.map((file) => ({ ...file, creation: file.start })),
  ],
];

const blind: ChoiceFor = (type, _call, random) => {
  const [words, sees] = random.pick(BLIND);
  return { words, change: ofType(type, sees) };
};

export const choices: Family = (random) => {
  const call = anyCall(random);
  const { catalogue } = facts();
  const types = typesOfMission(catalogue.types, call.mission).filter((type) => isWanted(type, call.productType));
  const type = random.pick(types);
  const { words, change } = choiceFor(type, call, random);
  const spoilt = change(catalogue);
  const shows = timesFor(call, type, catalogue, random).find(
    (item) => names(chosenFor(item, catalogue)) !== names(chosenFor(item, spoilt)),
  );
  if (shows === undefined) return undefined;
  return {
    area: 'choices',
    severity: 'data',
    defect: `for ${type.longName} of ${type.mission} rdb.svc ${words}`,
    witness: [get(targetOf(shows))],
    create: () => ({ catalogue: (known, service) => (service === 'rdb' ? change(known) : known) }),
  };
};

const names = (files: readonly AdfRecord[]): string =>
  files
    .map(({ name }) => name)
    .sort()
    .join();

/** Products at whose times the defect may show: the one that there is, and some at the edges of the type's files. */
function timesFor(call: Call, type: AdfType, catalogue: Catalogue, random: Random): readonly Call[] {
  const known = parseLevel0Name(call.level0);
  if (known === undefined) return [call];
  const length = known.t1 - known.t0;
  const files = catalogue
    .adfsOfType(type, call.mission.slice(0, 2), call.unit)
    .filter(({ name }) => isOfType(name, type));
  const few = Array.from({ length: Math.min(8, files.length) }, () => random.pick(files));
  const edges = few.flatMap(({ start, stop }) => [
    start,
    start + SECOND,
    start - SECOND,
    start - 3600 * SECOND,
    stop - length,
    stop - length - SECOND,
    stop,
    (start + stop) / 2,
  ]);
  const possible = edges
    .map((time) => Math.floor(time / SECOND) * SECOND)
    .filter((time) => time > Date.UTC(2000, 0, 1) && time < Date.UTC(2095, 0, 1));
  return [call, ...possible.map((time) => callAt(call, time, length))];
}
