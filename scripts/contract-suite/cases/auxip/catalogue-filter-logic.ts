import type { ContractCase, Source } from '../../contract-case';
import { SAMPLE, type Filter } from '../../filter';
import { query } from './catalogue-case';

const SOURCE: Source = {
  basis: 'observed',
  cite: 'auxip.md#filters',
  says: '`and` binds closer than `or`; parentheses to any depth.',
};
const SMALL: Filter = { property: 'ContentLength', is: 'le', value: '{{mid_length}}' };
const LARGE: Filter = { property: 'ContentLength', is: 'gt', value: '{{mid_length}}' };
const EARLY: Filter = { property: 'ContentDate/Start', is: 'lt', value: '{{mid_start}}' };
const LATE: Filter = { property: 'ContentDate/Start', is: 'ge', value: '{{mid_start}}' };
const RECENT: Filter = { property: 'PublicationDate', is: 'ge', value: '{{mid_publication}}' };
const ALIKE: Filter = { call: 'contains', property: 'Name', text: '{{seed_middle}}' };

/** and, or, and parentheses. */
export function filterLogic(): ContractCase[] {
  return [...conjunctions(), ...alternatives(), ...precedence(), ...nesting()];
}

/** Within the sample. */
function within(key: string, name: string, filter: Filter): ContractCase {
  const rows = { filter: { and: [SAMPLE, filter] } };
  return query({ key: `filter-${key}`, name, source: SOURCE, rows, alone: true });
}

/** Written without any parentheses of the suite's own. */
function freely(key: string, name: string, filter: Filter): ContractCase {
  return query({ key: `filter-${key}`, name, source: SOURCE, rows: { filter }, alone: true });
}

function conjunctions(): ContractCase[] {
  return [
    within('and', 'and chooses the entries that fulfil both', { and: [SMALL, EARLY] }),
    within('and-three', 'Three terms joined by and choose the entries that fulfil all', { and: [SMALL, LATE, RECENT] }),
    within('and-never', 'and of opposites chooses nothing', { and: [SMALL, LARGE] }),
  ];
}

function alternatives(): ContractCase[] {
  return [
    within('or', 'or chooses the entries that fulfil one or both', { or: [SMALL, EARLY] }),
    within('or-three', 'Three terms joined by or choose the entries that fulfil any', { or: [LARGE, RECENT, ALIKE] }),
    within('or-always', 'or of opposites chooses everything', { or: [SMALL, LARGE] }),
    within('thirteen-terms', 'All of thirteen terms joined by or are evaluated', {
      or: [
        ...Array.from({ length: 12 }, (_, index): Filter => ({
          call: 'contains',
          property: 'Name',
          text: `none${index}`,
        })),
        ALIKE,
      ],
    }),
  ];
}

function precedence(): ContractCase[] {
  const both: Filter = { and: [SAMPLE, LATE, RECENT] };
  const small: Filter = { and: [SAMPLE, SMALL] };
  return [
    freely('precedence-last', 'and binds closer than an or before it', { or: [small, both] }),
    freely('precedence-first', 'and binds more tightly than an or after it', { or: [both, small] }),
    freely('precedence-parentheses', 'Parentheses come before and', { and: [SAMPLE, { or: [SMALL, RECENT] }, LATE] }),
    freely('precedence-parentheses-last', 'Parentheses at the end come before and', {
      and: [SAMPLE, LATE, { or: [RECENT, SMALL] }],
    }),
  ];
}

function nesting(): ContractCase[] {
  const item: Filter = { and: [SMALL, { or: [EARLY, RECENT] }] };
  const another: Filter = { and: [LARGE, { or: [ALIKE, LATE] }] };
  const sameDate: Filter = { property: 'PublicationDate', is: 'eq', value: '{{mid_publication}}' };
  return [
    within('nested', 'Parentheses within parentheses are followed', { or: [item, another] }),
    within('nested-deeper', 'Parentheses four deep are followed', {
      or: [{ and: [LATE, { or: [item, { and: [RECENT, { or: [EARLY, another] }] }] }] }, ALIKE],
    }),
    query({
      key: 'filter-needless-parentheses',
      name: 'Needless parentheses change nothing',
      source: SOURCE,
      rows: { filter: SMALL },
      asks: '(((((((ContentLength le {{mid_length}})))))))',
    }),
    within('keyset', 'The condition that pages by date and id continues after one entry', {
      or: [
        { property: 'PublicationDate', is: 'gt', value: '{{mid_publication}}' },
        { and: [sameDate, { property: 'Id', is: 'gt', value: '{{mid_id}}' }] },
      ],
    }),
  ];
}
