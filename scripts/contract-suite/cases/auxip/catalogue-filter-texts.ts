import type { ContractCase, Source } from '../../contract-case';
import { SAMPLE, type Filter, type TextFunction } from '../../filter';
import { query } from './catalogue-case';

interface Text {
  readonly key: string;
  readonly promise: string;
  readonly call: TextFunction;
  readonly text: string;
  readonly property?: string;
}

const TEXTS: readonly Text[] = [
  { key: 'contains-middle', promise: 'contains finds the middle of names', call: 'contains', text: '{{seed_middle}}' },
  {
    key: 'startswith-middle',
    promise: 'startswith does not find the middle of names',
    call: 'startswith',
    text: '{{seed_middle}}',
  },
  {
    key: 'endswith-middle',
    promise: 'endswith does not find the middle of names',
    call: 'endswith',
    text: '{{seed_middle}}',
  },
  {
    key: 'contains-beginning',
    promise: 'contains finds the beginning of names',
    call: 'contains',
    text: '{{seed_beginning}}',
  },
  {
    key: 'startswith-beginning',
    promise: 'startswith finds the beginning of names',
    call: 'startswith',
    text: '{{seed_beginning}}',
  },
  {
    key: 'endswith-beginning',
    promise: 'endswith does not find the beginning of names',
    call: 'endswith',
    text: '{{seed_beginning}}',
  },
  { key: 'contains-ending', promise: 'contains finds the ending of names', call: 'contains', text: '{{seed_ending}}' },
  {
    key: 'startswith-ending',
    promise: 'startswith does not find the ending of names',
    call: 'startswith',
    text: '{{seed_ending}}',
  },
  { key: 'endswith-ending', promise: 'endswith finds the ending of names', call: 'endswith', text: '{{seed_ending}}' },
  { key: 'contains-whole', promise: 'contains finds a whole name', call: 'contains', text: '{{seed_name}}' },
  { key: 'startswith-whole', promise: 'startswith finds a whole name', call: 'startswith', text: '{{seed_name}}' },
  { key: 'endswith-whole', promise: 'endswith finds a whole name', call: 'endswith', text: '{{seed_name}}' },
  {
    key: 'startswith-stem',
    promise: 'startswith finds a name by its stem',
    call: 'startswith',
    text: '{{seed_stem}}.',
  },
  {
    key: 'contains-lower',
    promise: 'contains minds upper and lower case',
    call: 'contains',
    text: '{{seed_middle_lower}}',
  },
  {
    key: 'startswith-lower',
    promise: 'startswith minds upper and lower case',
    call: 'startswith',
    text: '{{seed_name_lower}}',
  },
  {
    key: 'endswith-lower',
    promise: 'endswith minds upper and lower case',
    call: 'endswith',
    text: '{{seed_name_lower}}',
  },
  {
    key: 'contains-underscore',
    promise: 'In contains, _ is not a wildcard',
    call: 'contains',
    text: '{{seed_underscored}}',
  },
  {
    key: 'contains-nothing',
    promise: 'contains finds nothing where nothing is',
    call: 'contains',
    text: 'no-such-name',
  },
  {
    key: 'startswith-nothing',
    promise: 'startswith finds nothing where nothing is',
    call: 'startswith',
    text: 'no-such-name',
  },
  {
    key: 'endswith-nothing',
    promise: 'endswith finds nothing where nothing is',
    call: 'endswith',
    text: 'no-such-name',
  },
  { key: 'startswith-empty', promise: 'Every name starts with no text at all', call: 'startswith', text: '' },
  {
    key: 'contains-type',
    promise: 'contains works on ContentType',
    call: 'contains',
    text: 'octet',
    property: 'ContentType',
  },
  {
    key: 'endswith-type',
    promise: 'endswith works on ContentType',
    call: 'endswith',
    text: 'octet',
    property: 'ContentType',
  },
];

/** contains, startswith and endswith, with the beginning, the middle and the ending of a name. */
export function textFilters(): ContractCase[] {
  const source: Source = {
    basis: 'observed',
    cite: 'auxip.md#filters',
    says: 'contains, startswith and endswith compare text with upper and lower case; `_` is literal.',
  };
  const besideNothing = TEXTS.filter(({ key }) => /^[a-z]+-(?:middle|lower|underscore)$/.test(key));
  return [
    ...besideNothing.map(({ key, promise, call, text }) => {
      const filter: Filter = {
        or: [
          { property: 'ContentLength', is: 'lt', value: '0' },
          { call, property: 'Name', text },
        ],
      };
      const rows = { filter: { and: [SAMPLE, filter] } };
      return query({ key: `filter-or-${key}`, name: `${promise}, also after an or`, source, rows, alone: true });
    }),
    ...TEXTS.map(({ key, promise, property = 'Name', call, text }) =>
      query({ key: `filter-${key}`, name: promise, source, rows: { filter: { call, property, text } } }),
    ),
  ];
}
