import type { CaseFolder, ContractCase, Source } from '../../contract-case';
import type { Comparison } from '../../filter';
import { query, sample } from './catalogue-case';
import { textFilters } from './catalogue-filter-texts';
import { signIn } from '../sign-in';

const KEY = 'catalogue-filters';

/** `$filter` on `Products`, each answer compared with what the sample says it must be. */
export function catalogueFilters(): CaseFolder {
  return {
    key: KEY,
    name: 'auxip.svc filters',
    about:
      'Comparisons of every property, dates in all forms, and text functions: each answer is computed here as well, from the sample.',
    cases: [signIn(KEY), sample(KEY), ...comparisons(), longSize(), ...neighbours(), ...dateForms(), ...textFilters()],
  };
}

const GRAMMAR: Source = {
  basis: 'observed',
  cite: 'auxip.md#filters',
  says: 'A property on the left is compared with a literal on the right.',
};
const ALL: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

interface Compared {
  readonly property: string;
  readonly value: string;
  readonly text?: boolean;
  readonly by: readonly Comparison[];
}

/** With literals out of the sample, so that the boundary itself is hit. */
const COMPARED: readonly Compared[] = [
  { property: 'Id', value: '{{mid_id}}', by: ALL },
  { property: 'Name', value: '{{mid_name}}', text: true, by: ALL },
  { property: 'ContentType', value: 'application/octet-stream', text: true, by: ['eq', 'ne'] },
  { property: 'ContentLength', value: '{{mid_length}}', by: ALL },
  { property: 'OriginDate', value: '{{mid_origin}}', by: ALL },
  { property: 'PublicationDate', value: '{{mid_publication}}', by: ALL },
  { property: 'ContentDate/Start', value: '{{mid_start}}', by: ALL },
  { property: 'ContentDate/End', value: '{{mid_end}}', by: ALL },
];

function comparisons(): ContractCase[] {
  return COMPARED.flatMap(({ by, ...compared }) =>
    by.map((is) =>
      query({
        key: `filter-${slug(compared.property)}-${is}`,
        name: `${compared.property} ${is} chooses exactly those entries`,
        source: GRAMMAR,
        rows: { filter: { ...compared, is } },
      }),
    ),
  );
}

/** Sizes have 64 bits (auxip.md#lists): this one is negative where they are cut to 32. */
function longSize(): ContractCase {
  return query({
    key: 'filter-long-size',
    name: 'A size of more than 32 bits is above those of the sample',
    source: GRAMMAR,
    rows: { filter: { property: 'ContentLength', is: 'lt', value: '3000000000' } },
  });
}

/** Just beside a boundary, where a rounded or shifted date shows. */
function neighbours(): ContractCase[] {
  const dates = {
    publication: 'PublicationDate',
    start: 'ContentDate/Start',
    end: 'ContentDate/End',
    origin: 'OriginDate',
  };
  const steps = [
    ['after', 'ge', 'a microsecond after it excludes the boundary'],
    ['before', 'le', 'a microsecond before it leaves the boundary out'],
    ['second_after', 'lt', 'a second after it includes the boundary'],
    ['second_before', 'gt', 'a second before it lets the boundary in'],
  ] as const;
  return Object.entries(dates).flatMap(([name, property]) =>
    steps.map(([step, is, promise]) =>
      query({
        key: `filter-${slug(property)}-${is}-${slug(step)}`,
        name: `${property} ${is}: ${promise}`,
        source: GRAMMAR,
        rows: { filter: { property, is, value: `{{mid_${name}_${step}}}` } },
      }),
    ),
  );
}

function dateForms(): ContractCase[] {
  const source: Source = {
    basis: 'observed',
    cite: 'auxip.md#filters',
    says: 'Dates are written without quotes, with 1 to 12 digits of a second or without seconds; the database rounds to microseconds.',
  };
  const form = (key: string, name: string, is: Comparison, value: string): ContractCase =>
    query({ key: `filter-date-${key}`, name, source, rows: { filter: { property: 'PublicationDate', is, value } } });
  return [
    ...[1, 2, 3, 4, 5, 6, 7, 9, 12].map((digits) =>
      form(
        `digits-${digits}`,
        `A date with ${digits} digits of a second is that date`,
        'ge',
        `{{mid_publication_whole}}.${'0'.repeat(digits)}Z`,
      ),
    ),
    query({
      key: 'filter-date-zeros',
      name: 'A date with a fraction of zeros is equal to one without',
      source,
      rows: { filter: { property: 'ContentDate/Start', is: 'eq', value: '{{mid_start_whole}}.000Z' } },
    }),
    query({
      key: 'filter-date-lower-case',
      name: 'A date with t and z in lower case is that date',
      source: { ...source, says: '`T` and `Z` may be in lower case.' },
      rows: { filter: { property: 'PublicationDate', is: 'eq', value: '{{mid_publication}}' } },
      asks: 'PublicationDate eq {{mid_publication_lower}}',
    }),
    form('no-seconds', 'A date without seconds is the whole minute', 'ge', '{{mid_publication_minute}}'),
    form('microseconds', 'A date of six digits finds its entry', 'eq', '{{mid_publication_micros}}Z'),
    form('nanoseconds', 'A date of nine digits finds its entry', 'eq', '{{mid_publication_micros}}000Z'),
    form('rounded-down', 'Digits beyond microseconds are rounded down', 'eq', '{{mid_publication_micros}}4Z'),
    form('rounded-up', 'Digits beyond microseconds are rounded up', 'eq', '{{mid_publication_micros}}6Z'),
    form('far', 'A date at the end of all dates is taken', 'lt', '9999-12-31T23:59:59Z'),
    form('early', 'A date before the catalogue is taken', 'gt', '1983-01-01T00:00:00Z'),
  ];
}

function slug(text: string): string {
  return text
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[/_]/g, '-')
    .toLowerCase();
}
