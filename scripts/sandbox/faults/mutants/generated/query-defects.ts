/** One query option is read otherwise than it was sent: for one property, one operator, or beyond some number. */
import type { ProductRecord } from '../../../catalogue/catalogue';
import type { Faults } from '../../scenarios/faults';
import { beforeService } from '../around';
import { get, type Draft, type Family, type Severity } from './draft';
import { anyFile, facts, type FileFacts } from './facts';
import type { Random } from './random';

/** A property that can be compared and sorted by, and its value of one row as a literal. */
interface Sortable {
  readonly name: string;
  readonly literal: (product: ProductRecord) => string;
}

const PRODUCT_PROPERTIES: readonly Sortable[] = [
  { name: 'Id', literal: ({ id }) => id },
  { name: 'Name', literal: ({ name }) => `'${name}'` },
  { name: 'ContentLength', literal: ({ contentLength }) => String(contentLength) },
  { name: 'OriginDate', literal: ({ originDate }) => originDate },
  { name: 'PublicationDate', literal: ({ publicationDate }) => publicationDate },
  { name: 'ContentDate/Start', literal: ({ contentStart }) => contentStart },
  { name: 'ContentDate/End', literal: ({ contentEnd }) => contentEnd },
];

const SETS = { Products: '/auxip.svc/Products', AuxFiles: '/reprocessing.svc/AuxFiles' } as const;

/** The option of these requests, read as `misread` says; undefined leaves it out. */
function misreadOption(path: string, option: string, misread: (value: string) => string | undefined): Faults {
  return beforeService((request) => {
    if (request.path !== path || request.query === undefined) return request;
    const options = request.query.split('&').flatMap((text) => {
      const [, name = '', value = ''] = /^([^=]*)=(.*)$/.exec(text) ?? [];
      if (decodeURIComponent(name) !== option) return [text];
      const read = misread(decoded(value));
      return read === undefined ? [] : [`${name}=${encodeURIComponent(read)}`];
    });
    return { ...request, query: options.length > 0 ? options.join('&') : undefined };
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

type Misread = readonly [words: string, severity: Severity, misread: (value: string) => string | undefined];

function draft(set: keyof typeof SETS, option: string, [words, severity, misread]: Misread, query: string): Draft {
  return {
    area: 'queries',
    severity,
    defect: `${option} of ${set} ${words}`,
    witness: [get(`${SETS[set]}?${query}`)],
    create: () => misreadOption(SETS[set], option, misread),
  };
}

const count =
  (change: (value: number) => number | undefined) =>
  (value: string): string | undefined => {
    const number = change(Number(value));
    return Number.isNaN(number) ? value : number === undefined ? undefined : String(number);
  };

function numbers(random: Random): Draft {
  const option = random.pick(['$top', '$skip']);
  const bound = random.pick([1, 2, 5, 10, 50, 100]);
  const set = random.pick(['Products', 'AuxFiles'] as const);
  const least = option === '$top' ? 1 : 0;
  const misread = random.pick<Misread>([
    ['is read as one more', 'data', count((value) => value + 1)],
    ['is read as one less', 'data', count((value) => Math.max(least, value - 1))],
    ['is ignored', 'data', () => undefined],
    [`is at most ${bound}`, 'data', count((value) => Math.min(value, bound))],
    [`is ignored above ${bound}`, 'data', count((value) => (value > bound ? undefined : value))],
    [`is one more from ${bound} on`, 'data', count((value) => (value >= bound ? value + 1 : value))],
    ['is read as tens', 'data', count((value) => (value > 9 ? Math.floor(value / 10) * 10 : value))],
    [
      'is read in hexadecimal',
      'data',
      (value) => (/^\d{2,5}$/.test(value) ? String(Number.parseInt(value, 16)) : value),
    ],
  ]);
  const order = set === 'Products' ? 'Id' : 'FullName';
  const value = Math.max(bound, 1) + 13;
  return draft(
    set,
    option,
    misread,
    option === '$top' ? `$top=${value}&$orderby=${order}` : `$skip=${value}&$top=5&$orderby=${order}`,
  );
}

function orders(random: Random): Draft {
  const [{ name }, another] = [random.pick(PRODUCT_PROPERTIES), random.pick(PRODUCT_PROPERTIES)];
  const escaped = name.replace('/', '[/]');
  const [first, second] = [new RegExp(`^${escaped}\\b( asc| desc)?`), new RegExp(`,\\s*${escaped}\\b( asc| desc)?`)];
  const [misread, query] = random.pick<readonly [Misread, string]>([
    [[`by ${name} desc runs forwards`, 'data', (value) => value.replace(`${name} desc`, name)], `${name} desc`],
    [
      [
        `by ${name} runs backwards`,
        'data',
        (value) => value.replace(first, (all, way?: string) => (way === ' desc' ? all : `${name} desc`)),
      ],
      name,
    ],
    [[`by ${name} is ignored`, 'data', (value) => (first.test(value) ? undefined : value)], `${name} desc`],
    [
      [
        `by ${name} sorts by ${another.name}`,
        'data',
        (value) => value.replace(first, (_all, way = '') => another.name + String(way)),
      ],
      name,
    ],
    [[`ignores ${name} as a second key`, 'data', (value) => value.replace(second, '')], `ContentType,${name} desc`],
    [
      [`ignores the direction of ${name} as a second key`, 'data', (value) => value.replace(second, `,${name}`)],
      `ContentType,${name} desc`,
    ],
  ]);
  return draft('Products', '$orderby', misread, `$top=30&$orderby=${query}`);
}

function filters(random: Random): Draft {
  const file = anyFile(random);
  const product = facts().catalogue.product(file.id);
  const { name, literal } = random.pick(PRODUCT_PROPERTIES);
  const value = product === undefined ? "''" : literal(product);
  const another = random.pick(PRODUCT_PROPERTIES).name;
  const swap =
    (from: string, to: string): Misread['2'] =>
    (text) =>
      text.replaceAll(`${name} ${from} `, `${name} ${to} `);
  const [misread, filter] = random.pick<readonly [Misread, string]>([
    [[`reads ${name} ge as gt`, 'data', swap('ge', 'gt')], `${name} ge ${value} and ${name} le ${value}`],
    [[`reads ${name} le as lt`, 'data', swap('le', 'lt')], `${name} ge ${value} and ${name} le ${value}`],
    [[`reads ${name} gt as ge`, 'data', swap('gt', 'ge')], `${name} gt ${value} and ${name} le ${value}`],
    [[`reads ${name} lt as le`, 'data', swap('lt', 'le')], `${name} lt ${value} and ${name} ge ${value}`],
    [[`reads ${name} eq as ge`, 'data', swap('eq', 'ge')], `${name} eq ${value}`],
    [[`reads ${name} ne as gt`, 'data', swap('ne', 'gt')], `${name} ne ${value}`],
    [[`compares ${name} as ${another}`, 'data', (text) => text.replaceAll(name, another)], `${name} gt ${value}`],
  ]);
  return draft('Products', '$filter', misread, `$filter=${filter}&$orderby=Id desc&$top=20&$select=Id`);
}

function words({ name }: FileFacts, random: Random): Draft {
  const set = random.pick(['Products', 'AuxFiles'] as const);
  const property = set === 'Products' ? 'Name' : 'FullName';
  const part = name.slice(4, 15);
  const call = (way: string, text: string): string => `${way}(${property},'${text}')`;
  const swapCall =
    (from: string, to: string): Misread['2'] =>
    (text) =>
      text.replaceAll(`${from}(`, `${to}(`);
  const [misread, filter] = random.pick<readonly [Misread, string]>([
    [['reads contains as startswith', 'data', swapCall('contains', 'startswith')], call('contains', part)],
    [['reads startswith as contains', 'data', swapCall('startswith', 'contains')], call('startswith', part)],
    [['reads endswith as contains', 'data', swapCall('endswith', 'contains')], call('endswith', part)],
    [
      ['reads and as or', 'data', (text) => text.replaceAll(' and ', ' or ')],
      `${call('startswith', name.slice(0, 9))} and ${call('endswith', name.slice(-9))}`,
    ],
    [
      ['reads or as and', 'data', (text) => text.replaceAll(' or ', ' and ')],
      `${call('startswith', name.slice(0, 9))} or ${property} eq '${name}'`,
    ],
    [
      ['ignores what stands behind the first and', 'data', (text) => text.replace(/ and (?!.*[()]{2}).*$/, '')],
      `${call('startswith', name.slice(0, 3))} and ${call('contains', name.slice(4, 12))}`,
    ],
    [
      [
        'ignores what stands behind the first or',
        'data',
        (text) => text.replace(/^([^(]*(?:\([^()]*\))?[^(]*?) or .*$/, '$1'),
      ],
      `${property} eq 'x' or ${property} eq '${name}'`,
    ],
    [
      [
        'minds no upper and lower case',
        'data',
        (text) => text.replaceAll(/'[^']*'/g, (literal) => literal.toUpperCase()),
      ],
      call('contains', part.toLowerCase()),
    ],
    [
      ['cuts literals after twenty characters', 'data', (text) => text.replaceAll(/'([^']{20})[^']*'/g, "'$1'")],
      `${property} eq '${name}'`,
    ],
    [
      ['takes at most three terms', 'data', (text) => text.split(' or ').slice(0, 3).join(' or ')],
      `${property} eq 'a' or ${property} eq 'b' or ${property} eq 'c' or ${property} eq '${name}'`,
    ],
    [
      ['takes at most eight terms', 'data', (text) => text.split(' or ').slice(0, 8).join(' or ')],
      `${['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => `${property} eq '${letter}'`).join(' or ')} or ${property} eq '${name}'`,
    ],
  ]);
  return draft(set, '$filter', misread, `$filter=${filter}&$top=20`);
}

const PROJECTIONS: readonly (readonly [option: string, misread: Misread, query: string])[] = [
  ['$select', ['is ignored', 'shape', () => undefined], '$top=2&$select=Id,Name'],
  [
    '$select',
    ['loses its last property', 'contract', (value) => value.replace(/,[^,]*$/, '')],
    '$top=2&$select=Id,Name,ContentLength',
  ],
  [
    '$select',
    ['loses its first property', 'contract', (value) => value.replace(/^[^,]*,/, '')],
    '$top=2&$select=Name,ContentLength',
  ],
  [
    '$select',
    [
      'brings ContentLength as well',
      'shape',
      (value) => (value.includes('ContentLength') ? value : `${value},ContentLength`),
    ],
    '$top=2&$select=Id,Name',
  ],
  [
    '$select',
    ['brings everything for Checksum', 'shape', (value) => (value.includes('Checksum') ? '*' : value)],
    '$top=2&$select=Id,Checksum',
  ],
  [
    '$select',
    ['takes ContentDate for OriginDate', 'contract', (value) => value.replace('ContentDate', 'OriginDate')],
    '$top=2&$select=ContentDate',
  ],
  ['$expand', ['is ignored', 'contract', () => undefined], '$top=2&$expand=Attributes'],
  ['$count', ['is ignored', 'contract', () => undefined], '$top=2&$count=true'],
  ['$count', ['counts when it is false', 'shape', () => 'true'], '$top=2&$count=false'],
  ['$format', ['is ignored', 'shape', () => undefined], '$top=2&$format=application/json;odata.metadata=full'],
];

function projections(random: Random): Draft {
  const [option, misread, query] = random.pick(PROJECTIONS);
  return draft('Products', option, misread, query);
}

export const queries: Family = (random) =>
  random.pick<(random: Random) => Draft>([
    numbers,
    orders,
    filters,
    filters,
    (dice) => words(anyFile(dice), dice),
    projections,
  ])(random);
