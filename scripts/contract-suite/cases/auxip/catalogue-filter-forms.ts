import type { ContractCase, Source } from '../../contract-case';
import type { Filter } from '../../filter';
import { JSON_MINIMAL, OFFICIAL, PRODUCTS, query, VERSION } from './catalogue-case';

const NO_ROWS: Filter = { or: [] };
const GRAMMAR: Source = {
  basis: 'observed',
  cite: 'auxip.md#filters',
  says: 'A property on the left is compared with a literal on the right.',
};

/** Without the sample's filter beside them: what the database finds by its own ways into the catalogue. */
export function filtersAlone(): ContractCase[] {
  const named = (key: string, name: string, filter: Filter, needs: string): ContractCase =>
    query(
      { key: `filter-alone-${key}`, name, source: GRAMMAR, rows: { filter, beyond: true }, alone: true },
      { needs: [needs] },
    );
  return [
    named(
      'name',
      'A name alone finds its entry',
      { property: 'Name', is: 'eq', value: '{{seed_name}}', text: true },
      'seed_name',
    ),
    named('id', 'An id alone finds its entry', { property: 'Id', is: 'eq', value: '{{seed_id}}' }, 'seed_id'),
    named(
      'id-upper',
      'An id in capitals finds its entry',
      { property: 'Id', is: 'eq', value: '{{seed_id_upper}}' },
      'seed_id',
    ),
    named(
      'stem',
      'The stem of a name alone finds its entries',
      { call: 'startswith', property: 'Name', text: '{{seed_stem}}' },
      'seed_stem',
    ),
    named(
      'contains',
      'A whole name in contains alone finds its entries',
      { call: 'contains', property: 'Name', text: '{{seed_stem}}' },
      'seed_stem',
    ),
    named(
      'endswith',
      'A whole name in endswith alone finds its entries',
      { call: 'endswith', property: 'Name', text: '{{seed_name}}' },
      'seed_name',
    ),
    named(
      'prefix',
      'The beginning of a name alone finds its entries',
      { call: 'startswith', property: 'Name', text: '{{seed_day}}' },
      'seed_day',
    ),
  ];
}

/** Entry by entry: a value that is shown and not held would be missed by comparisons at one boundary. */
export function shownValues(): ContractCase {
  return {
    key: 'filter-shown-values',
    name: 'Every entry is found by all the values that it shows',
    severity: 'data',
    source: GRAMMAR,
    needs: ['shown_terms'],
    request: { url: `${PRODUCTS}?$select=Id&$filter={{shown_terms}}` },
    expect: { status: 200, contentType: JSON_MINIMAL, headers: VERSION, checks: [{ is: 'catalogue-shown' }] },
  };
}

/** Names that are nearly the one. */
export function nearNames(): ContractCase[] {
  return [
    query({
      key: 'filter-name-lower',
      name: 'A name in lower case finds nothing',
      source: GRAMMAR,
      rows: { filter: { property: 'Name', is: 'eq', value: '{{seed_name_lower}}', text: true } },
    }),
    query({
      key: 'filter-name-part',
      name: 'Part of a name is not equal to it',
      source: GRAMMAR,
      rows: { filter: { property: 'Name', is: 'eq', value: '{{seed_stem}}', text: true } },
    }),
    query({
      key: 'filter-name-empty',
      name: 'No name is empty',
      source: GRAMMAR,
      rows: { filter: { property: 'Name', is: 'eq', value: '', text: true } },
    }),
    query({
      key: 'filter-name-null',
      name: 'null is equal to no name',
      source: {
        basis: 'observed',
        cite: 'auxip.md#filters',
        says: '`Name eq null` compares with the word null: no rows.',
      },
      rows: { filter: NO_ROWS },
      asks: 'Name eq null',
    }),
  ];
}

/** How a filter may be written in a URL. */
export function filterEncodings(): ContractCase[] {
  const source: Source = {
    basis: 'observed',
    cite: 'auxip.md#query-options',
    says: 'Blanks are %20, `$` may be %24, quotes %27, and `&` within a literal is %26.',
  };
  const middle: Filter = { call: 'contains', property: 'Name', text: '{{seed_middle}}' };
  const encoded = (key: string, name: string, filter: Filter, asks: string): ContractCase =>
    query({ key: `filter-encoded-${key}`, name, source, rows: { filter }, asks });
  return [
    encoded('quotes', 'Encoded quotes are quotes', middle, 'contains(Name,%27{{seed_middle}}%27)'),
    encoded(
      'blanks',
      'Encoded blanks are blanks',
      { property: 'Id', is: 'eq', value: '{{seed_id}}' },
      'Id%20eq%20{{seed_id}}',
    ),
    encoded(
      'parentheses',
      'Encoded parentheses and commas are such',
      middle,
      'contains%28Name%2C%27{{seed_middle}}%27%29',
    ),
    encoded('letters', 'Encoded letters are letters', middle, "c%6Fntains(%4Eame,'{{seed_middle}}')"),
    encoded(
      'slash',
      'An encoded slash leads to a part',
      { property: 'ContentDate/Start', is: 'ge', value: '{{mid_start}}' },
      'ContentDate%2FStart ge {{mid_start}}',
    ),
    encoded('ampersand', 'An encoded ampersand belongs to the literal', NO_ROWS, "contains(Name,'{{seed_middle}}%26')"),
    encoded('plus', 'An encoded plus belongs to the literal', NO_ROWS, "contains(Name,'{{seed_middle}}%2B')"),
    encoded('bare-plus', 'A plus within a literal is a plus', NO_ROWS, "contains(Name,'{{seed_middle}}+')"),
    encoded('umlaut', 'Letters beyond ASCII are taken', NO_ROWS, "contains(Name,'%C3%A4')"),
    encoded('hash', 'An encoded number sign belongs to the literal', NO_ROWS, "contains(Name,'{{seed_middle}}%23')"),
  ];
}

/** What the specification has and the recorded service has not: refused there (filter-refusals.ts). */
export function officialFilters(): ContractCase[] {
  const named = (value: string): Filter => ({ property: 'Name', is: 'eq', value, text: true });
  const official = (key: string, name: string, filter: Filter, asks: string): ContractCase =>
    query(
      {
        key: `filter-official-${key}`,
        name,
        source: { ...OFFICIAL, says: '`not` and `in` are part of the query language.' },
        rows: { filter },
        asks,
      },
      { profiles: ['icd'], needs: ['tiny_name'] },
    );
  return [
    official(
      'not',
      'not chooses all others',
      { property: 'ContentLength', is: 'gt', value: '{{mid_length}}' },
      'not (ContentLength le {{mid_length}})',
    ),
    official(
      'in',
      'in chooses every entry of the list',
      { or: [named('{{seed_name}}'), named('{{tiny_name}}')] },
      "Name in ('{{seed_name}}','{{tiny_name}}')",
    ),
  ];
}

/** Where the database shines through. */
export function filterDeviations(): ContractCase[] {
  const promised = (says: string): Source => ({ basis: 'documented', cite: 'OData URL conventions', says });
  const found: Filter = { call: 'contains', property: 'Name', text: '{{seed_middle}}' };
  const observed = (says: string): Source => ({ basis: 'observed', cite: 'auxip.md#filters', says });
  const offset = (key: string, written: string): ContractCase =>
    query(
      {
        key: `filter-offset-${key}`,
        name: `The offset ${key} of a date is ignored`,
        source: observed('Offsets other than Z are parsed, and the database ignores them.'),
        rows: { filter: { property: 'PublicationDate', is: 'eq', value: '{{mid_publication}}' } },
        asks: `PublicationDate eq {{mid_publication_local}}${written}`,
        promised: {
          ...promised('A date is an instant, whatever its offset.'),
          rows: { filter: { property: 'PublicationDate', is: 'eq', value: '{{mid_publication_two_hours_before}}' } },
        },
      },
      { profiles: ['adg'] },
    );
  return [
    offset('east', '%2B02:00'),
    query(
      {
        key: 'filter-percent',
        name: 'A percent sign in a literal is a wildcard',
        source: observed('`%` works as a wildcard inside contains, startswith and endswith.'),
        rows: { filter: found },
        asks: "startswith(Name,'%25{{seed_middle}}')",
        promised: { ...promised('A text literal is taken literally.'), rows: { filter: NO_ROWS } },
      },
      { profiles: ['adg'] },
    ),
    query(
      {
        key: 'filter-backslash',
        name: 'A backslash in a literal is an escape',
        source: observed('`\\` works as an escape inside contains, startswith and endswith.'),
        rows: { filter: found },
        asks: "contains(Name,'%5C{{seed_middle}}')",
        promised: { ...promised('A text literal is taken literally.'), rows: { filter: NO_ROWS } },
      },
      { profiles: ['adg'] },
    ),
    query(
      {
        key: 'filter-quotes',
        name: 'Doubled quotes in a literal are dropped',
        source: observed("All single quotes are dropped: 'O''Brien' searches OBrien."),
        rows: { filter: { property: 'Name', is: 'eq', value: '{{seed_name}}', text: true } },
        asks: "Name eq '{{seed_half_one}}''{{seed_half_two}}'",
        promised: { ...promised('Two quotes mean one.'), rows: { filter: NO_ROWS } },
      },
      { profiles: ['adg'] },
    ),
  ];
}
