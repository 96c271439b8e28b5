import type { WireRequest } from '../../../http/request';
import type { Fields } from '../../../odata/write-value';
import { isOption, optionOf, withOptions } from '../around';
import { editData, PRODUCTS, rowsOf } from '../edit-json';
import { misreadOrder, otherProperty } from '../edit-query';
import { inGroup } from '../mutant';

/** $orderby, and the order without it (auxip.md#query-options). */
export const ORDER_MUTANTS = inGroup('ordering', [
  {
    name: 'orderby-ignored',
    defect: '$orderby has no effect',
    create: () => misreadOrder(() => undefined),
  },
  {
    name: 'orderby-ignored-with-functions',
    defect: '$orderby has no effect where the filter has a text function',
    create: () => ({
      query: (query) =>
        JSON.stringify(query.filter ?? {}).includes('"method"') ? { ...query, orderBy: undefined } : query,
    }),
  },
  {
    name: 'desc-ignored',
    defect: '$orderby always goes upwards',
    create: () => misreadOrder((items) => items.map((item) => ({ ...item, isDescending: false }))),
  },
  {
    name: 'orderby-second-key-ignored',
    defect: 'of several keys of $orderby only the first counts',
    create: () => misreadOrder((items) => items.slice(0, 1)),
  },
  {
    name: 'orderby-last-direction-for-all',
    defect: 'all keys of $orderby go in the direction of the last',
    create: () =>
      misreadOrder((items) => items.map((item) => ({ ...item, isDescending: items.at(-1)?.isDescending ?? false }))),
  },
  {
    name: 'orderby-other-date',
    defect: '$orderby=PublicationDate orders by OriginDate',
    create: () => {
      const misread = otherProperty('PublicationDate', 'OriginDate');
      return misreadOrder((items) => items.map((item) => ({ ...item, expression: misread(item.expression) })));
    },
  },
  {
    name: 'orderby-size-as-text',
    defect: '$orderby=ContentLength orders the digits as text: 10 before 9',
    create: () => ({ filterValue: (value, path) => (path === 'ContentLength' ? String(value) : value) }),
  },
  {
    name: 'orderby-within-page',
    defect: '$orderby orders the rows of each page, not the whole',
    create: () => ({
      aroundService: async (request, answer) => {
        const [property = '', direction] = decodeURIComponent(optionOf(request, 'orderby') ?? '').split(' ');
        if (property === '' || !PRODUCTS.test(request.path)) return answer(request);
        const reply = await answer(withOptions(request, (option) => !isOption('orderby')(option)));
        return editData(reply, (json) => ({
          ...json,
          value: sorted(rowsOf(json, 'value'), property, direction === 'desc' ? -1 : 1),
        }));
      },
    }),
  },
  {
    name: 'order-changes-between-calls',
    defect: 'without $orderby, every second answer has its rows the other way round',
    create: () => {
      let calls = 0;
      return {
        aroundService: async (request, answer) => {
          const reply = await answer(request);
          if (!isUnordered(request) || ++calls % 2 === 1) return reply;
          return editData(reply, (json) => ({ ...json, value: rowsOf(json, 'value').toReversed() }));
        },
      };
    },
  },
]);

function isUnordered(request: WireRequest): boolean {
  return /\/Products$/.test(request.path) && optionOf(request, 'orderby') === undefined;
}

function sorted(rows: readonly Fields[], property: string, direction: 1 | -1): readonly Fields[] {
  return rows.toSorted((a, b) => {
    const [left, right] = [a[property], b[property]];
    if (typeof left === 'number' && typeof right === 'number') return direction * (left - right);
    return String(left) < String(right) ? -direction : direction;
  });
}
