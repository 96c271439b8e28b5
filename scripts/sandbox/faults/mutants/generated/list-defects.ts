/** Lists with a row too few or too many, or with something else beside their rows. */
import type { Fields } from '../../../odata/write-value';
import { afterService } from '../around';
import { editData, isCollection, rowsOf, without } from '../edit-json';
import { anyCall, chosenFor, targetOf } from './calls';
import { get, type Ask, type Draft, type Family } from './draft';
import { anyFile, facts, fileOf, type FileFacts } from './facts';
import type { Random } from './random';
import { nested, listed, type Rows } from './row-family';
import { scopeAround } from './scopes';

interface List {
  readonly words: string;
  readonly path: RegExp;
  readonly rows: Rows;
  readonly target: (random: Random) => { readonly file: FileFacts; readonly witness: Ask } | undefined;
}

const PRODUCTS: List = {
  words: 'lists of products',
  path: /\/auxip[.]svc\/Products$/,
  rows: listed,
  target: (random) => {
    const [file, another] = [anyFile(random), anyFile(random)];
    return { file, witness: get(`/auxip.svc/Products?$filter=Id eq ${file.id} or Id eq ${another.id}`) };
  },
};

const AUX_FILES: List = {
  words: 'lists of AuxFiles',
  path: /\/AuxFiles$/,
  rows: listed,
  target: (random) => {
    const file = anyFile(random);
    return { file, witness: get(`/reprocessing.svc/AuxFiles?$filter=FullName eq '${file.name}'`) };
  },
};

const BASELINES: List = {
  words: 'baselines',
  path: /getReprocessingDataBaseline(?:\(|%28)/,
  rows: nested('AuxDataFiles'),
  target: (random) => {
    const call = anyCall(random);
    const files = chosenFor(call, facts().catalogue);
    const file = files.length > 0 ? fileOf({ Name: random.pick(files).name }, '') : undefined;
    return file && { file, witness: get(targetOf(call)) };
  },
};

const CHANGES: readonly (readonly [words: string, change: (row: Fields) => readonly Fields[]])[] = [
  ['leave out files', () => []],
  ['leave out files', () => []],
  ['have files twice', (row) => [row, row]],
];

/** Every row in the scope is gone, or there twice; or only the first of them. */
export const rowsLost: Family = (random) => {
  const list = random.pick([PRODUCTS, AUX_FILES, BASELINES, BASELINES]);
  const [words, change] = random.pick(CHANGES);
  const found = list.target(random);
  if (found === undefined) return undefined;
  const scope = scopeAround(found.file, random);
  return {
    area: list === BASELINES ? 'baselines' : 'lists',
    severity: 'data',
    defect: `${list.words} ${words}${scope.words}`,
    witness: [found.witness],
    create: () =>
      afterService(list.path, (reply, { path }) =>
        editData(reply, (json) =>
          list.rows(json, (rows) =>
            rows.flatMap((row) => {
              const file = fileOf(row, path);
              return file && scope.has(file) ? change(row) : [row];
            }),
          ),
        ),
      ),
  };
};

/** A file in the place of another of the same type, or of another unit: its link goes with it. */
export const filesReplaced: Family = (random) => {
  const call = anyCall(random);
  const files = chosenFor(call, facts().catalogue);
  if (files.length === 0) return undefined;
  const file = fileOf({ Name: random.pick(files).name }, '');
  const same = facts().byType.find(([first]) => first?.type === file?.type) ?? [];
  const others = same.filter(({ id }) => !files.some((chosen) => chosen.id === id));
  if (file === undefined || others.length === 0) return undefined;
  const another = random.pick(others);
  return {
    area: 'choices',
    severity: 'data',
    defect: `baselines have ${another.name} in the place of ${file.name}`,
    witness: [get(targetOf(call))],
    create: () =>
      afterService(BASELINES.path, (reply) =>
        editData(reply, (json) =>
          BASELINES.rows(json, (rows) =>
            rows.map((row) =>
              row['Name'] === file.name
                ? { ...row, Name: another.name, AuxipLink: String(row['AuxipLink']).replace(file.id, another.id) }
                : row,
            ),
          ),
        ),
      ),
  };
};

interface Envelope {
  readonly words: string;
  readonly path: RegExp;
  readonly ask: Ask;
}

const ENVELOPES: readonly Envelope[] = [
  { words: 'lists of products', path: /\/Products$/, ask: get('/auxip.svc/Products?$top=2&$count=true') },
  {
    words: 'a single product',
    path: /\/Products(?:\(|%28)[^/]*$/,
    ask: get('/auxip.svc/Products(7fc282fc-4a00-417f-b77c-4e851440105a)'),
  },
  {
    words: 'Attributes of a product',
    path: /Attributes$/,
    ask: get('/auxip.svc/Products(7fc282fc-4a00-417f-b77c-4e851440105a)/Attributes'),
  },
  {
    words: 'baselines',
    path: BASELINES.path,
    ask: get(
      targetOf({
        mission: 'S3OLCI',
        unit: 'A',
        productType: 'L2LFR',
        level0:
          'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
      }),
    ),
  },
  ...['AuxTypes', 'AuxFiles', 'ProductTypes', 'ProductLevels'].map((set) => ({
    words: `lists of ${set}`,
    path: new RegExp(`/${set}$`),
    ask: get(`/reprocessing.svc/${set}?$top=2&$count=true`),
  })),
  {
    words: 'the names of files for a period',
    path: /NamesForPeriod/,
    ask: get("/reprocessing.svc/GetReproBaselineNamesForPeriod(Mission='S2MSI',Unit='A')"),
  },
  {
    words: 'the files for a period',
    path: /ListForPeriod/,
    ask: get("/reprocessing.svc/GetReproBaselineListForPeriod(Mission='S2MSI',Unit='A')"),
  },
  ...['auxip', 'rdb', 'reprocessing'].map((service) => ({
    words: `the service document of ${service}.svc`,
    path: new RegExp(`/${service}[.]svc/$`),
    ask: get(`/${service}.svc/`, { headers: { Accept: 'application/json' } }),
  })),
];

const ENVELOPE_CHANGES: readonly (readonly [
  words: string,
  severity: Draft['severity'],
  edit: (json: Fields) => Fields,
])[] = [
  ['come without @odata.context', 'shape', (json) => without(json, '@odata.context')],
  ['have an empty @odata.context', 'shape', (json) => ({ ...json, '@odata.context': '' })],
  ['have the context of another resource', 'shape', (json) => ({ ...json, '@odata.context': '$metadata#Metrics' })],
  [
    'have a context that is an inner address',
    'shape',
    (json) => ({
      ...json,
      '@odata.context': `http://10.0.3.7:8080/$metadata#${String(json['@odata.context']).replace(/.*#/, '')}`,
    }),
  ],
  ['have a member more', 'shape', (json) => ({ ...json, status: 'ok' })],
  [
    'have their rows under d, as OData 2.0 had',
    'contract',
    (json) => (isCollection(json) ? { d: { results: json['value'] } } : { d: json }),
  ],
  [
    'have their rows under Value',
    'contract',
    (json) => {
      const { value, ...rest } = json;
      return value === undefined ? json : { ...rest, Value: value };
    },
  ],
  [
    'lose their last row',
    'data',
    (json) => (isCollection(json) ? { ...json, value: rowsOf(json, 'value').slice(0, -1) } : json),
  ],
  [
    'lose their first row',
    'data',
    (json) => (isCollection(json) ? { ...json, value: rowsOf(json, 'value').slice(1) } : json),
  ],
  [
    'have their first row twice',
    'data',
    (json) =>
      isCollection(json) ? { ...json, value: [...rowsOf(json, 'value').slice(0, 1), ...rowsOf(json, 'value')] } : json,
  ],
  [
    'have a null behind their rows',
    'contract',
    (json) => (isCollection(json) ? { ...json, value: [...rowsOf(json, 'value'), null] } : json),
  ],
  ['are empty', 'data', (json) => (isCollection(json) ? { ...json, value: [] } : json)],
  [
    'count one too many',
    'data',
    (json) => ('@odata.count' in json ? { ...json, '@odata.count': Number(json['@odata.count']) + 1 } : json),
  ],
  [
    'count in text',
    'contract',
    (json) => ('@odata.count' in json ? { ...json, '@odata.count': String(json['@odata.count']) } : json),
  ],
  [
    'count what the page has',
    'data',
    (json) => ('@odata.count' in json ? { ...json, '@odata.count': rowsOf(json, 'value').length } : json),
  ],
  ['name a next page', 'contract', (json) => ({ ...json, '@odata.nextLink': '$skiptoken=1' })],
];

export const envelopes: Family = (random) => {
  const { words, path, ask } = random.pick(ENVELOPES);
  const [change, severity, edit] = random.pick(ENVELOPE_CHANGES);
  return {
    area: 'lists',
    severity,
    defect: `${words} ${change}`,
    witness: [ask],
    create: () => afterService(path, (reply) => editData(reply, edit)),
  };
};
