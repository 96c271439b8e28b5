/** Services that agree with themselves and are wrong all the same: entries of the catalogue, and the configuration. */
import type { AdfType } from '../../../../sentinel/adf-types';
import { publishedTypes } from '../../../../sentinel/published-types';
import { SELECTION_RULE_NAMES } from '../../../../sentinel/selection-rules';
import type { ProductRecord } from '../../../catalogue/catalogue';
import { get, type Draft, type Family } from './draft';
import { anyFile, facts } from './facts';
import type { Random } from './random';
import { scopeAround } from './scopes';

const moved = (date: string, seconds: number): string =>
  date.replace(/^.{19}/, (text) => new Date(Date.parse(`${text}Z`) + seconds * 1000).toISOString().slice(0, 19));

const TOLD: readonly (readonly [words: string, change: (product: ProductRecord) => ProductRecord])[] = [
  ['were published before they were made', (item) => ({ ...item, publicationDate: moved(item.originDate, -3600) })],
  ['have their origin an hour late', (item) => ({ ...item, originDate: moved(item.originDate, 3600) })],
  ['have their origin a second late', (item) => ({ ...item, originDate: moved(item.originDate, 1) })],
  ['begin to hold a day early', (item) => ({ ...item, contentStart: moved(item.contentStart, -86_400) })],
  ['begin to hold a second late', (item) => ({ ...item, contentStart: moved(item.contentStart, 1) })],
  ['end an hour early', (item) => ({ ...item, contentEnd: moved(item.contentEnd, -3600) })],
  [
    'hold to the end of 2099 in place of 2100, or the other way round',
    (item) => ({
      ...item,
      contentEnd: item.contentEnd.startsWith('2100')
        ? '2099-12-31T23:59:59Z'
        : item.contentEnd.replace('2099-12-31T23:59:59', '2100-01-01T00:00:00'),
    }),
  ],
  ['are said to be a byte longer', (item) => ({ ...item, contentLength: item.contentLength + 1 })],
  ['are said to be empty', (item) => ({ ...item, contentLength: 0 })],
  [
    'have the dates of validity exchanged',
    (item) => ({ ...item, contentStart: item.contentEnd, contentEnd: item.contentStart }),
  ],
  ['lack .zip in their names', (item) => ({ ...item, name: item.name.replace(/[.]zip$/, '') })],
  ['end their names in a newline', (item) => ({ ...item, name: `${item.name}\n` })],
  [
    'have names of the other unit',
    (item) => ({
      ...item,
      name: item.name.replace(
        /^(S\d)([AB])/,
        (_all, platform: string, unit: string) => platform + (unit === 'A' ? 'B' : 'A'),
      ),
    }),
  ],
];

/** In lists, entries, filters and orders alike. */
export const toldProducts: Family = (random) => {
  const file = anyFile(random);
  const scope = scopeAround(file, random);
  const [words, change] = random.pick(TOLD);
  return {
    area: 'products',
    severity: 'data',
    defect: `the catalogue says that files${scope.words} ${words}`,
    witness: [get(`/auxip.svc/Products(${file.id})`)],
    create: () => ({
      product: (product) => {
        const known = facts().byId.get(product.id);
        return known && scope.has(known) ? change(product) : product;
      },
    }),
  };
};

const SUMS: readonly (readonly [words: string, change: (md5: string) => string | undefined])[] = [
  ['have no checksum', () => undefined],
  ['have another checksum', (md5) => md5.split('').reverse().join('')],
  ['have their checksum in upper case', (md5) => md5.toUpperCase()],
  ['have a checksum of 31 digits', (md5) => md5.slice(1)],
];

export const toldChecksums: Family = (random) => {
  const file = anyFile(random);
  const scope = scopeAround(file, random);
  const [words, change] = random.pick(SUMS);
  return {
    area: 'products',
    severity: 'data',
    defect: `the catalogue says that files${scope.words} ${words}`,
    witness: [get(`/auxip.svc/Products(${file.id})`)],
    create: () => ({
      md5: (product, md5) => {
        const known = facts().byId.get(product.id);
        return md5 !== undefined && known && scope.has(known) ? change(md5) : md5;
      },
    }),
  };
};

function otherType(type: AdfType, random: Random): readonly [words: string, change: (type: AdfType) => AdfType] {
  const rule = random.pick(SELECTION_RULE_NAMES.filter((name) => name !== type.rule));
  const product = random.pick(type.productTypes);
  return random.pick<readonly [string, (type: AdfType) => AdfType]>([
    [`has the rule ${rule}`, (item) => ({ ...item, rule })],
    [
      `is not needed for ${product}`,
      (item) => ({ ...item, productTypes: item.productTypes.filter((name) => name !== product) }),
    ],
    [
      'is said to change or not the other way round',
      (item) => ({ ...item, variability: item.variability === 'Static' ? 'Dynamic' : 'Static' }),
    ],
    [
      'is said to hold at any time or not the other way round',
      (item) => ({ ...item, validity: item.validity === 'AnyTime' ? 'ValidityPeriod' : 'AnyTime' }),
    ],
    ['has another format', (item) => ({ ...item, format: item.format === 'XML' ? 'NCDF' : 'XML' })],
    ['has another short name', (item) => ({ ...item, shortName: `${item.shortName.slice(0, -1)}Q` })],
  ]);
}

/** Both services go by the same wrong row. */
export const toldTypes: Family = (random): Draft => {
  const type = random.pick(publishedTypes());
  const [words, change] = otherType(type, random);
  return {
    area: 'configuration',
    severity: 'data',
    defect: `rdb.svc and reprocessing.svc agree that ${type.longName} of ${type.mission} ${words}`,
    witness: [get(`/reprocessing.svc/AuxTypes('${type.longName}')?$expand=ProductTypes`)],
    create: () => ({
      catalogue: (catalogue) => ({
        ...catalogue,
        types: catalogue.types.map((item) =>
          item.longName === type.longName && item.mission === type.mission ? change(item) : item,
        ),
      }),
    }),
  };
};
