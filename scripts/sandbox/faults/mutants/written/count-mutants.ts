import type { WireRequest } from '../../../http/request';
import type { Fields } from '../../../odata/write-value';
import type { Faults } from '../../scenarios/faults';
import { isOption, optionOf, withOptions } from '../around';
import { changed, editData, PRODUCTS, rowsOf, without } from '../edit-json';
import { inGroup } from '../mutant';

const COUNT = '@odata.count';

/** $count=true (auxip.md#query-options). */
export const COUNT_MUTANTS = inGroup('counting', [
  {
    name: 'count-one-too-many',
    defect: '@odata.count is one too large',
    create: () => counted((count) => count + 1),
  },
  {
    name: 'count-of-page',
    defect: '@odata.count counts the rows of the page',
    create: () => counted((_count, json) => rowsOf(json, 'value').length),
  },
  {
    name: 'count-of-rest',
    defect: '@odata.count leaves out what $skip passed over',
    create: () => counted((count, _json, request) => Math.max(0, count - Number(optionOf(request, 'skip') ?? 0))),
  },
  {
    name: 'count-up-to-1000',
    defect: '@odata.count stops at 1000',
    create: () => counted((count) => Math.min(count, 1000)),
  },
  {
    name: 'count-ignores-filter',
    defect: '@odata.count counts everything, whatever $filter says',
    create: () => ({
      aroundService: async (request, answer) => {
        const reply = await answer(request);
        if (!PRODUCTS.test(request.path) || optionOf(request, 'filter') === undefined) return reply;
        let all: unknown;
        editData(await answer(withOptions(request, (option) => !isOption('filter')(option))), (json) => {
          all = json[COUNT];
          return json;
        });
        return editData(reply, (json) => changed(json, COUNT, () => all));
      },
    }),
  },
  {
    name: 'count-missing',
    defect: '$count=true brings no @odata.count',
    create: () => edited((json) => without(json, COUNT)),
  },
  {
    name: 'count-unasked',
    defect: '@odata.count comes although $count=false',
    create: () => ({ query: (query) => ({ ...query, count: true }) }),
  },
  {
    name: 'count-as-text',
    defect: '@odata.count is a text of digits',
    create: () => edited((json) => changed(json, COUNT, String)),
  },
]);

function counted(recount: (count: number, json: Fields, request: WireRequest) => number): Faults {
  return edited((json, request) => changed(json, COUNT, (count) => recount(Number(count), json, request)));
}

function edited(edit: (json: Fields, request: WireRequest) => Fields): Faults {
  return {
    aroundService: async (request, answer) => {
      const reply = await answer(request);
      return PRODUCTS.test(request.path) ? editData(reply, (json) => edit(json, request)) : reply;
    },
  };
}
