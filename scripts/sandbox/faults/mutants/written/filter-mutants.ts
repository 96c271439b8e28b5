import { jsonReply } from '../../../http/reply';
import type { Expression } from '../../../odata/expression';
import { beforeService, withQuery } from '../around';
import { misreadFilter, misreadLiterals, otherProperty, swappedMethod, swappedOperator } from '../edit-query';
import { inGroup } from '../mutant';

const DATE = /^\d{4}-\d\d-\d\dT/;

/** What $filter lets through (auxip.md#filters, auxip.md#specification-icd). */
export const FILTER_MUTANTS = inGroup('filtering', [
  { name: 'gt-as-ge', defect: 'gt lets equal values through', create: () => swappedOperator('gt', 'ge') },
  { name: 'ge-as-gt', defect: 'ge keeps equal values out', create: () => swappedOperator('ge', 'gt') },
  { name: 'lt-as-le', defect: 'lt lets equal values through', create: () => swappedOperator('lt', 'le') },
  { name: 'le-as-lt', defect: 'le keeps equal values out', create: () => swappedOperator('le', 'lt') },
  { name: 'ne-as-eq', defect: 'ne is taken for eq', create: () => swappedOperator('ne', 'eq') },
  { name: 'and-as-or', defect: 'and is taken for or', create: () => swappedOperator('and', 'or') },
  { name: 'or-as-and', defect: 'or is taken for and', create: () => swappedOperator('or', 'and') },
  {
    name: 'and-first-only',
    defect: 'of two conditions joined by and, only the first counts',
    create: () => misreadFilter((part) => (part.kind === 'binary' && part.operator === 'and' ? part.left : part)),
  },
  {
    name: 'third-condition-ignored',
    defect: 'of three conditions joined by and, the last does not count',
    create: () => misreadFilter((part) => (isJoined(part, 'and') && isJoined(part.left, 'and') ? part.left : part)),
  },
  {
    name: 'second-function-as-endswith',
    defect: 'of two text functions joined by and, the second is read as endswith',
    create: () => misreadFilter(secondAsEndswith),
  },
  {
    name: 'and-or-left-to-right',
    defect: '`a or b and c` is read as `(a or b) and c`',
    create: () =>
      misreadFilter((part) => {
        if (!isJoined(part, 'or') || !isJoined(part.right, 'and')) return part;
        const { left: a, right } = part;
        return { ...right, left: { ...part, left: a, right: right.left }, right: right.right };
      }),
  },
  {
    name: 'contains-as-startswith',
    defect: 'contains finds only what a text begins with',
    create: () => swappedMethod('contains', 'startswith'),
  },
  {
    name: 'startswith-as-contains',
    defect: 'startswith finds a text anywhere',
    create: () => swappedMethod('startswith', 'contains'),
  },
  {
    name: 'endswith-as-contains',
    defect: 'endswith finds a text anywhere',
    create: () => swappedMethod('endswith', 'contains'),
  },
  {
    name: 'names-ignore-case',
    defect: 'filters by Name do not look at upper and lower case',
    create: () => ({
      query: misreadLiterals((text) => (text.startsWith("'") ? text.toLowerCase() : text)),
      filterValue: (value, path) => (path === 'Name' ? String(value).toLowerCase() : value),
    }),
  },
  {
    name: 'underscore-is-wildcard',
    defect: 'an underscore in contains, startswith and endswith stands for any text',
    create: () =>
      misreadFilter((part) =>
        part.kind === 'method' ? { ...part, parameters: part.parameters.map(withWildcards) } : part,
      ),
  },
  {
    name: 'dates-compared-by-second',
    defect: 'filters by date see whole seconds only',
    create: () => ({
      filterValue: (value) => (DATE.test(String(value)) ? String(value).replace(/\.\d+/, '') : value),
    }),
  },
  {
    name: 'dates-compared-by-day',
    defect: 'filters by date see the day only',
    create: () => ({
      filterValue: (value) => (DATE.test(String(value)) ? `${String(value).slice(0, 10)}T00:00:00Z` : value),
    }),
  },
  {
    name: 'date-literals-in-local-time',
    defect: 'dates in filters are taken for local time, an hour ahead',
    create: () => ({ query: misreadLiterals((text) => (DATE.test(text) ? oneHourBefore(text) : text)) }),
  },
  {
    name: 'content-end-compared-as-start',
    defect: 'a filter by ContentDate/End looks at ContentDate/Start',
    create: () => misreadFilter(otherProperty('End', 'Start')),
  },
  {
    name: 'publication-compared-as-origin',
    defect: 'a filter by PublicationDate looks at OriginDate',
    create: () => misreadFilter(otherProperty('PublicationDate', 'OriginDate')),
  },
  {
    name: 'size-compared-in-kilobytes',
    defect: 'filters by ContentLength see whole kilobytes only',
    create: () => ({
      filterValue: (value, path) => (path === 'ContentLength' ? Math.floor(Number(value) / 1024) * 1024 : value),
    }),
  },
  {
    name: 'attribute-name-ignored',
    defect: 'a filter by attribute is met by any attribute of the type with that value',
    create: () => ({
      filterAttributes: (attributes) =>
        attributes.flatMap(({ type, name }) =>
          attributes.filter((another) => another.type === type).map(({ value }) => ({ type, name, value })),
        ),
    }),
  },
  {
    name: 'attribute-filter-sees-first-only',
    defect: 'a filter by attribute looks at the first attribute of a product only',
    create: () => ({ filterAttributes: (attributes) => attributes.slice(0, 1) }),
  },
  {
    name: 'attribute-not-searched',
    defect: 'conditions on the attribute InstrumentConfigurationID find nothing',
    create: () => ({
      filterAttributes: (attributes) => attributes.filter(({ name }) => name !== 'InstrumentConfigurationID'),
    }),
  },
  {
    name: 'attribute-dates-not-compared',
    defect: 'a filter by a date attribute finds nothing',
    create: () => ({
      filterAttributes: (attributes) => attributes.filter(({ type }) => type !== 'DateTimeOffset'),
    }),
  },
  {
    name: 'filter-lost-with-orderby',
    defect: '$filter has no effect together with $orderby',
    create: () => ({ query: (query) => (query.orderBy === undefined ? query : { ...query, filter: undefined }) }),
  },
  {
    name: 'deep-parentheses-refused',
    defect: 'more than four parentheses within each other are 400',
    create: () => ({
      aroundService: (request, answer) =>
        /(?:\(|%28){5}/.test(request.query ?? '')
          ? jsonReply(400, { error: { code: null, message: 'The URI is malformed.' } }, { 'OData-Version': '4.0' })
          : answer(request),
    }),
  },
  {
    name: 'sizes-of-32-bits',
    defect: 'sizes in filters are cut to 32 bits',
    create: () => ({ query: misreadLiterals((text) => (/^\d+$/.test(text) ? String(Number(text) | 0) : text)) }),
  },
  {
    name: 'startswith-as-contains-of-types',
    defect: 'startswith of reprocessing.svc finds a text anywhere',
    create: () =>
      beforeService((request) =>
        request.path.startsWith('/reprocessing.svc')
          ? withQuery(request, (query) => query.replace(/startswith/g, 'contains'))
          : request,
      ),
  },
  {
    name: 'lower-case-dates-unknown',
    defect: 'a date with t and z in lower case is equal to none',
    create: () => ({
      query: misreadLiterals((text) => (/^\d{4}-\d\d-\d\dt.*z$/.test(text) ? '1983-01-01T00:00:00Z' : text)),
    }),
  },
  {
    name: 'not-ignored',
    defect: 'not is passed over',
    needs: { profile: 'icd' },
    create: () => misreadFilter((part) => (part.kind === 'unary' && part.operator === 'not' ? part.operand : part)),
  },
  {
    name: 'in-sees-first-only',
    defect: 'of the list behind in, only the first value counts',
    needs: { profile: 'icd' },
    create: () => misreadFilter((part) => (part.kind === 'list' ? { ...part, items: part.items.slice(0, 1) } : part)),
  },
]);

type Binary = Extract<Expression, { kind: 'binary' }>;

function isJoined(part: Expression, operator: 'and' | 'or'): part is Binary {
  return part.kind === 'binary' && part.operator === operator;
}

function secondAsEndswith(part: Expression): Expression {
  if (!isJoined(part, 'and') || part.right.kind !== 'method') return part;
  const before = isJoined(part.left, 'and') ? part.left.right : part.left;
  return before.kind === 'method' ? { ...part, right: { ...part.right, name: 'endswith' } } : part;
}

function withWildcards(parameter: Expression): Expression {
  return parameter.kind === 'literal' ? { ...parameter, text: parameter.text.replaceAll('_', '%') } : parameter;
}

/** The same text with its hour one less; before one o'clock it stays. */
function oneHourBefore(text: string): string {
  return text.replace(
    /T(\d\d)/,
    (_match, hour: string) => `T${String(Math.max(0, Number(hour) - 1)).padStart(2, '0')}`,
  );
}
