/** rdb.svc: one property of some entries of a baseline, or of some of their files. */
import type { WireRequest } from '../../../http/request';
import { anyCall, chosenFor, intervalOf, targetOf, type Call } from './calls';
import { get } from './draft';
import { facts, fileOf, type FileFacts } from './facts';
import type { Random } from './random';
import { listed, nested, property, rowFamily, type Operation, type OperationFor } from './row-family';
import { EVERYTHING, scopeAround } from './scopes';

interface Target extends FileFacts {
  readonly call: Call;
}

const FUNCTION = /getReprocessingDataBaseline(?:\(|%28)/;
const MINUTE = 60_000;

const FILE_PROPERTIES = [
  property('Name', ['Name'], 'text'),
  property('Name', ['Name'], 'text'),
  property('AuxipLink', ['AuxipLink'], 'link'),
];

const ENTRY_PROPERTIES = [
  property('Level0', ['Level0'], 'text'),
  property('Message', ['Message'], 'text', false),
  property('AuxDataFiles', ['AuxDataFiles'], 'list'),
];

/** A file that the call's product has. */
function aFile(random: Random): Target | undefined {
  const call = anyCall(random);
  const files = chosenFor(call, facts().catalogue);
  if (files.length === 0) return undefined;
  const file = fileOf({ Name: random.pick(files).name }, '');
  return file && { ...file, call };
}

const hasArgument =
  (name: string, value: string) =>
  ({ path }: WireRequest): boolean =>
    new RegExp(`${name}(?:=|%3D)(?:'|%27)${value}(?:'|%27)`).test(path);

/** What the entry's properties can depend on: the arguments of the call. */
const asked =
  (operation: OperationFor<Target>): OperationFor<Target> =>
  (target, random) => {
    const made = operation(target, random);
    const { mission, unit, productType } = target.call;
    const narrower = random.pick<{ words: string; when: (request: WireRequest) => boolean }>([
      { words: '', when: () => true },
      { words: ` for ${mission}`, when: hasArgument('mission', mission) },
      { words: ` for ${productType}`, when: hasArgument('product_type', productType) },
      { words: ` for unit ${unit}`, when: hasArgument('unit', unit) },
    ]);
    if (made === undefined) return undefined;
    const { when = () => true } = made;
    return { ...made, words: made.words + narrower.words, when: (request) => when(request) && narrower.when(request) };
  };

const byName =
  (rows: Operation['rows']): OperationFor<Target> =>
  ({ call }) => ({
    words: ' asked for by name',
    path: FUNCTION,
    when: ({ path }) => path.includes('l0_names'),
    rows,
    witness: [get(targetOf(call))],
  });

const byInterval =
  (rows: Operation['rows']): OperationFor<Target> =>
  ({ call }) => {
    const target = intervalOf(call, 10 * MINUTE);
    if (target === undefined) return undefined;
    return {
      words: ' asked for by interval',
      path: FUNCTION,
      when: ({ path }) => path.includes('start'),
      rows,
      witness: [get(target)],
    };
  };

const both =
  (rows: Operation['rows']): OperationFor<Target> =>
  ({ call }) => ({ words: ' of baselines', path: FUNCTION, rows, witness: [get(targetOf(call))] });

/** Of several products in one call all but the first. */
const laterOnes: OperationFor<Target> = ({ call }) => {
  const target = intervalOf(call, 10 * MINUTE);
  if (target === undefined) return undefined;
  return {
    words: ' from the second entry on',
    path: FUNCTION,
    rows: (json, edit) => listed(json, ([first, ...rest]) => (first ? [first, ...edit(rest)] : [])),
    witness: [get(target)],
  };
};

const FILES = nested('AuxDataFiles');

export const baselineFiles = rowFamily<Target>({
  area: 'baselines',
  rows: 'files',
  properties: FILE_PROPERTIES,
  target: aFile,
  scopeAround,
  operations: [both(FILES), both(FILES), asked(both(FILES)), byName(FILES), byInterval(FILES), asked(byName(FILES))],
});

export const baselineEntryRows = rowFamily<Target>({
  area: 'baselines',
  rows: 'entries',
  properties: ENTRY_PROPERTIES,
  target: aFile,
  scopeAround: () => EVERYTHING,
  fileOf: () => SOME_FILE,
  operations: [asked(both(listed)), asked(byName(listed)), asked(byInterval(listed)), laterOnes],
});

const SOME_FILE: FileFacts = {
  id: '',
  name: '',
  platform: '',
  unit: '',
  type: {
    longName: '',
    shortName: '',
    mission: '',
    productTypes: [],
    rule: 'ValCover',
    variability: 'Static',
    validity: 'AnyTime',
    format: '',
  },
  size: 0,
};
