import type { CatalogueCheck, Check } from '../../checks';
import type { ContractCase, Expectation } from '../../contract-case';
import { JSON_MINIMAL, OFFICIAL, PRODUCTS, VERSION } from './catalogue-case';

type PageCheck = Omit<CatalogueCheck & { readonly is: 'catalogue-page' }, 'is'>;

/** The whole catalogue is longer than a page of either profile. */
export function longPages(): ContractCase[] {
  return [...limits(), ...beyond(), ...deep(), ...followed()];
}

interface Asked {
  readonly key: string;
  readonly name: string;
  readonly says: string;
  readonly options?: string;
}

function ids({ key, name, says, options = '' }: Asked): Omit<ContractCase, 'expect'> {
  return {
    key: `page-${key}`,
    name,
    severity: 'data',
    source: { basis: 'observed', cite: 'auxip.md#query-options', says },
    request: { url: `${PRODUCTS}?$select=Id&$orderby=Id${options}` },
  };
}

function page(check: PageCheck, ...more: readonly Check[]): Expectation {
  return {
    status: 200,
    contentType: JSON_MINIMAL,
    headers: VERSION,
    checks: [{ is: 'catalogue-page', ...check }, ...more],
  };
}

function endOf(rows: number): Check {
  return { is: 'keep', pointer: `/value/${rows - 1}/Id`, as: 'page_end' };
}

function limits(): ContractCase[] {
  const cut = 'Larger values are silently reduced to 200.';
  const kept = { ...OFFICIAL, says: '$top of up to 1000 is kept.' };
  return [
    {
      ...ids({ key: '199', name: '$top below a page is kept', says: 'Pages of up to 200 rows.', options: '&$top=199' }),
      expect: page({ rows: 199 }),
    },
    {
      ...ids({ key: '201', name: '$top of 201 is cut to 200', says: cut, options: '&$top=201' }),
      expect: page({ rows: 200 }),
      promised: { ...kept, expect: page({ rows: 201 }) },
    },
    {
      ...ids({ key: '1000', name: '$top of 1000 is cut to 200', says: cut, options: '&$top=1000' }),
      expect: page({ rows: 200 }),
      promised: { ...kept, expect: page({ rows: 1000 }) },
    },
    {
      ...ids({
        key: 'default',
        name: 'A page ends after 200 rows, and says nothing of it',
        says: 'The default is 200.',
      }),
      expect: page({ rows: 200 }, endOf(200)),
      promised: {
        ...OFFICIAL,
        says: 'Pages of up to 1000 rows, and a link to the next one.',
        expect: page({ rows: 1000, nextLink: true }, endOf(1000), {
          is: 'keep',
          pointer: '/@odata.nextLink',
          as: 'next_link',
        }),
      },
    },
  ];
}

/** Two ways to the rows behind the first page. */
function beyond(): ContractCase[] {
  return [
    {
      ...ids({
        key: 'second',
        name: 'The second page starts after the first',
        says: '`$skip` goes on.',
        options: '&$skip=200&$top=3',
      }),
      profiles: ['adg'],
      needs: ['page_end'],
      expect: page({ rows: 3, behind: '{{page_end}}' }, { is: 'keep', pointer: '/value/0/Id', as: 'next_start' }),
    },
    {
      ...ids({
        key: 'by-id',
        name: 'Ids after the first page lead to the same second page',
        says: 'Ids compare by gt.',
        options: '&$filter=Id gt {{page_end}}&$top=3',
      }),
      profiles: ['adg'],
      needs: ['page_end', 'next_start'],
      expect: page({ rows: 3, first: '{{next_start}}' }),
    },
  ];
}

/**
 * A $skip that no sample is long enough for: two smaller ones behind known ids lead to the same row. A service that counts wrongly is
 * wrong twice on this way and once on the other.
 */
function deep(): ContractCase[] {
  const jump = (from: string, as: string): ContractCase => ({
    ...ids({
      key: as.replace('_', '-'),
      name: `The row 400 behind ${from === 'next_start' ? 'the second page' : 'that one'}`,
      says: '`$skip` counts what the filter leaves.',
      options: `&$filter=Id gt {{${from}}}&$skip=400&$top=1`,
    }),
    profiles: ['adg'],
    needs: [from],
    expect: page({ rows: 1, behind: `{{${from}}}` }, { is: 'keep', pointer: '/value/0/Id', as }),
  });
  return [
    jump('next_start', 'deep_first'),
    jump('deep_first', 'deep_second'),
    {
      ...ids({
        key: 'deep',
        name: '$skip of 1002 leads to the row that two smaller ones lead to',
        says: '`$skip` takes any integer.',
        options: '&$skip=1002&$top=1',
      }),
      profiles: ['adg'],
      needs: ['deep_second'],
      expect: page({ rows: 1, first: '{{deep_second}}' }),
    },
  ];
}

/** From page to page by the links of the specification; without one row, the link must keep the filter. */
function followed(): ContractCase[] {
  const says = 'A link to the next page.';
  const official = (asked: Asked): Omit<ContractCase, 'expect'> => ({
    ...ids(asked),
    source: { ...OFFICIAL, says },
    profiles: ['icd'],
  });
  const next = (link: string, behind: string, ...more: readonly Check[]): Pick<ContractCase, 'request' | 'expect'> => ({
    request: { url: link },
    expect: { status: 200, contentType: JSON_MINIMAL, checks: [{ is: 'catalogue-page', behind }, ...more] },
  });
  return [
    {
      ...official({ key: 'next', name: 'The link of a page leads to the next one', says }),
      needs: ['next_link'],
      ...next('{{next_link}}', '{{page_end}}', { is: 'keep', pointer: '/value/0/Id', as: 'next_first' }),
    },
    {
      ...official({
        key: 'filtered',
        name: 'A page of a filter has a link as well',
        says,
        options: '&$filter=Id ne {{next_first}}',
      }),
      needs: ['next_first'],
      expect: page(
        { rows: 1000, nextLink: true },
        { is: 'keep', pointer: '/@odata.nextLink', as: 'next_filtered_link' },
      ),
    },
    {
      ...official({ key: 'filtered-next', name: 'The link of a page keeps the filter', says }),
      needs: ['next_filtered_link'],
      ...next('{{next_filtered_link}}', '{{next_first}}'),
    },
  ];
}
