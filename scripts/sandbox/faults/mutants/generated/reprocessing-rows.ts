/** reprocessing.svc: one property of some types or files, in lists, alone, or in the files of a period. */
import { publishedTypes } from '../../../../sentinel/published-types';
import type { AdfType } from '../../../../sentinel/adf-types';
import { get } from './draft';
import { anyFile, type FileFacts } from './facts';
import type { Random } from './random';
import { listed, property, rowFamily, whole, type OperationFor } from './row-family';
import { EVERYTHING, scopeAround, type Scope } from './scopes';

const TYPE_PROPERTIES = [
  property('LongName', ['LongName'], 'text'),
  property('ShortName', ['ShortName'], 'text', false),
  property('Format', ['Format'], 'text', false),
  property('Mission', ['Mission'], 'text'),
  property('Variability', ['Variability'], 'text', false),
  property('Validity', ['Validity'], 'text'),
  property('InProduction', ['InProduction'], 'flag'),
  property('Rule', ['Rule'], 'text'),
  property('ProductTypes', ['ProductTypes'], 'list'),
  property('ProductLevels', ['ProductLevels'], 'list'),
  property('@odata.id', ['@odata.id'], 'text', false),
];

const FILE_PROPERTIES = [
  property('Id', ['Id'], 'id'),
  property('FullName', ['FullName'], 'text'),
  property('ValidityStart', ['ValidityStart'], 'java-date'),
  property('ValidityStop', ['ValidityStop'], 'java-date'),
  property('SensingTimeApplicationStart', ['SensingTimeApplicationStart'], 'java-date'),
  property('SensingTimeApplicationStop', ['SensingTimeApplicationStop'], 'java-date'),
  property('CreationDate', ['CreationDate'], 'java-date'),
  property('Band', ['Band'], 'text'),
  property('Unit', ['Unit'], 'text'),
  property('Baseline', ['Baseline'], 'text', false),
  property('the type', ['AuxType', 'LongName'], 'text'),
  property('the rule of the type', ['AuxType', 'Rule'], 'text'),
  property('@odata.id', ['@odata.id'], 'text', false),
];

const TYPES = publishedTypes();

const asFile = (type: AdfType): FileFacts => ({
  id: '',
  name: '',
  platform: type.mission.slice(0, 2),
  unit: 'X',
  type,
  size: 0,
});

const aType = (random: Random): FileFacts => asFile(random.pick(TYPES));

function typeOfRow(row: Readonly<Record<string, unknown>>, path: string): FileFacts | undefined {
  const name = row['LongName'] ?? /(?:'|%27)(\w+)(?:'|%27)/.exec(path)?.[1];
  const type = TYPES.find(({ longName, mission }) => longName === name && mission === (row['Mission'] ?? mission));
  return type && asFile(type);
}

function typesAround({ type }: FileFacts, random: Random): Scope {
  const made = random.pick(type.productTypes);
  return random.pick<Scope>([
    EVERYTHING,
    { words: ` of ${type.mission}`, has: (another) => another.type.mission === type.mission },
    { words: ` named ${type.longName}`, has: (another) => another.type.longName === type.longName },
    { words: ` named ${type.longName}`, has: (another) => another.type.longName === type.longName },
    { words: ` that ${made} needs`, has: (another) => another.type.productTypes.includes(made) },
    { words: ` with the rule ${type.rule}`, has: (another) => another.type.rule === type.rule },
    { words: ` that are ${type.variability}`, has: (another) => another.type.variability === type.variability },
  ]);
}

const ROOT = '/reprocessing.svc';

const typeList =
  (words: string, options: string): OperationFor =>
  () => ({
    words: ` in lists${words}`,
    path: /\/AuxTypes$/,
    when: ({ query }) => (options.match(/[$]\w+=/g) ?? []).every((name) => (query ?? '').includes(name)),
    rows: listed,
    witness: [get(`${ROOT}/AuxTypes?${options}`)],
  });

const typeEntry: OperationFor = ({ type }, random) => ({
  words: ' in a single entry',
  path: /\/AuxTypes(?:\(|%28)[^/]*$/,
  rows: whole,
  witness: [random.pick(TYPES), type].map(({ longName }) =>
    get(`${ROOT}/AuxTypes('${longName}')?$expand=ProductTypes`),
  ),
});

export const typeRows = rowFamily({
  area: 'configuration',
  rows: 'AuxTypes',
  properties: TYPE_PROPERTIES,
  target: aType,
  scopeAround: typesAround,
  fileOf: typeOfRow,
  operations: [
    typeList('', '$expand=ProductTypes'),
    typeList('', '$expand=ProductLevels'),
    typeList('', ''),
    typeList(' with $filter', "$filter=LongName ne 'x'&$expand=ProductTypes"),
    typeList(' with $orderby', '$orderby=LongName'),
    typeEntry,
  ],
});

const FILES = /\/AuxFiles$/;

const fileList =
  (words: string, options: string, when: (query: string) => boolean): OperationFor =>
  (target, random) => ({
    words: ` in lists${words}`,
    path: FILES,
    when: ({ query }) => when(query ?? ''),
    rows: listed,
    witness: [
      get(`${ROOT}/AuxFiles?$filter=FullName eq '${target.name}' or FullName eq '${anyFile(random).name}'${options}`),
    ],
  });

const fileEntry: OperationFor = (target, random) => ({
  words: ' in a single entry',
  path: /\/AuxFiles(?:\(|%28)[^/]*$/,
  rows: whole,
  witness: [anyFile(random), target].map(({ id }) => get(`${ROOT}/AuxFiles(${id})?$expand=AuxType`)),
});

const ofPeriod: OperationFor = ({ type: { mission } }) => ({
  words: ' in the list of files for a period',
  path: /GetReproBaselineListForPeriod/,
  rows: listed,
  witness: [get(`${ROOT}/GetReproBaselineListForPeriod(Mission='${mission}')`)],
});

export const fileRows = rowFamily({
  area: 'configuration',
  rows: 'AuxFiles',
  properties: FILE_PROPERTIES,
  target: anyFile,
  scopeAround,
  operations: [
    fileList('', '', () => true),
    fileList('', '&$expand=AuxType', () => true),
    fileList(' with $expand', '&$expand=AuxType', (query) => query.includes('expand')),
    fileList(' with $orderby', '&$orderby=FullName', (query) => query.includes('orderby')),
    fileList(' asked for by name', '', (query) => query.includes('FullName')),
    fileEntry,
    ofPeriod,
  ],
});
