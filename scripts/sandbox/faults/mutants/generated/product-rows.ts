/** auxip.svc: one property or attribute of some products, in lists or alone. */
import { get, type Ask } from './draft';
import { anyFile, type FileFacts } from './facts';
import type { Random } from './random';
import { listed, property, rowFamily, whole, type OperationFor } from './row-family';
import { scopeAround } from './scopes';

const PROPERTIES = [
  property('Id', ['Id'], 'id'),
  property('Name', ['Name'], 'text'),
  property('ContentType', ['ContentType'], 'text', false),
  property('ContentLength', ['ContentLength'], 'number'),
  property('OriginDate', ['OriginDate'], 'date'),
  property('PublicationDate', ['PublicationDate'], 'date'),
  property('Checksum', ['Checksum'], 'list'),
  property('the algorithm of Checksum', ['Checksum', 0, 'Algorithm'], 'text', false),
  property('the value of Checksum', ['Checksum', 0, 'Value'], 'id'),
  property('ChecksumDate', ['Checksum', 0, 'ChecksumDate'], 'date', false),
  property('ContentDate/Start', ['ContentDate', 'Start'], 'date'),
  property('ContentDate/End', ['ContentDate', 'End'], 'date'),
  property('@odata.mediaContentType', ['@odata.mediaContentType'], 'text', false),
];

const TEXTS = ['productType', 'platformShortName', 'platformSerialIdentifier', 'processingCenter', 'timeliness'];
const DATES = ['processingDate', 'beginningDateTime', 'endingDateTime'];

const ATTRIBUTES = [...TEXTS, ...DATES].flatMap((name) => {
  const member = (key: string) => ['Attributes', { named: name }, key] as const;
  const value = property(
    `the attribute ${name}`,
    member('Value'),
    DATES.includes(name) ? 'date' : 'text',
    name !== 'processingCenter',
  );
  const others = ['ValueType', '@odata.type', 'Name'].map((key) =>
    property(`${key} of the attribute ${name}`, member(key), 'text', false),
  );
  return [value, value, value, ...others];
});

const LISTS = /\/auxip[.]svc\/Products$/;
const ENTRY = /\/auxip[.]svc\/Products(?:\(|%28)[^/]*$/;

/** Options of a list; the answer has the target's row, with another one before or behind it. */
const list =
  (words: string, options: string, isBehind = false): OperationFor =>
  (target, random) => ({
    words: ` in lists${words}`,
    path: LISTS,
    when: ({ query }) => optionNames(options).every((name) => (query ?? '').includes(name)),
    rows: listed,
    witness: [pair(target, options, isBehind, random)],
  });

const optionNames = (options: string): string[] => options.match(/[$]\w+=/g) ?? [];

const entry =
  (words: string, options: string): OperationFor =>
  (target, random) => ({
    words: ` in a single entry${words}`,
    path: ENTRY,
    rows: whole,
    witness: [anyFile(random), target].map(({ id }) => get(`/auxip.svc/Products(${id})${options}`)),
  });

/** `Products(<id>)/ContentDate`: a complex one is the answer, others are its `value`. */
const propertyAlone: OperationFor = (target, random) => {
  const name = random.pick(['Name', 'ContentLength', 'OriginDate', 'PublicationDate', 'ContentDate', 'Checksum']);
  return {
    words: ` where ${name} is read alone`,
    path: new RegExp(`/${name}$`),
    rows: whole,
    placeOf: ([first, ...rest]) => (first !== name ? undefined : name === 'ContentDate' ? rest : ['value', ...rest]),
    witness: [anyFile(random), target].map(({ id }) => get(`/auxip.svc/Products(${id})/${name}`)),
  };
};

const attributesAlone: OperationFor = (target, random) => {
  const set = random.pick(['Attributes', 'StringAttributes', 'DateTimeOffsetAttributes']);
  return {
    words: ` in ${set} of an entry`,
    path: new RegExp(`/${set}$`),
    rows: whole,
    placeOf: ([, ...rest]) => ['value', ...rest],
    witness: [anyFile(random), target].map(({ id }) => get(`/auxip.svc/Products(${id})/${set}`)),
  };
};

const common = { rows: 'products', target: anyFile, scopeAround } as const;

export const productRows = rowFamily({
  ...common,
  area: 'products',
  properties: PROPERTIES,
  operations: [
    list('', ''),
    list('', ''),
    list('', ''),
    list(' with $expand', '&$expand=Attributes'),
    list(' with $orderby', '&$orderby=Name'),
    list(' beyond the first page', '&$orderby=Id&$skip=1', true),
    list(' with $top', '&$top=5'),
    list(' with $count', '&$count=true'),
    entry('', ''),
    entry('', ''),
    propertyAlone,
  ],
});

export const productAttributes = rowFamily({
  ...common,
  area: 'attributes',
  properties: ATTRIBUTES,
  operations: [
    list(' with $expand', '&$expand=Attributes'),
    list(' with $expand', '&$expand=Attributes'),
    entry(' with $expand', '?$expand=Attributes'),
    attributesAlone,
  ],
});

function pair(target: FileFacts, options: string, isBehind: boolean, random: Random): Ask {
  let another = anyFile(random);
  for (let tries = 0; isBehind && tries < 50 && another.id >= target.id; tries++) another = anyFile(random);
  return get(`/auxip.svc/Products?$filter=Id eq ${target.id} or Id eq ${another.id}${options}`);
}
