import type { Reply } from '../../../http/reply';
import type { WireRequest } from '../../../http/request';
import type { Around, Faults } from '../../scenarios/faults';
import { BASELINE, PRODUCTS } from '../edit-json';
import { inGroup } from '../mutant';

/** Answers that are kept, and given to who asked something else. */
export const CACHING_MUTANTS = inGroup('caching', [
  {
    name: 'cache-ignores-query',
    defect: 'the first collection of products is given to everyone, whatever the options',
    create: () => cachedService(PRODUCTS, ({ path }) => path),
  },
  {
    name: 'cache-ignores-skip',
    defect: 'a page is kept and given for every other $skip',
    create: () => cachedService(PRODUCTS, ({ path, query = '' }) => path + query.replace(/(?:\$|%24)skip=\d+/, '')),
  },
  {
    name: 'cache-ignores-accept',
    defect: 'an answer is kept in the form of the first Accept',
    create: () => cachedService(PRODUCTS, ({ path, query }) => `${path}?${query ?? ''}`),
  },
  {
    name: 'cache-across-users',
    defect: 'metrics and subscriptions are kept and given to who may not read them',
    create: () => cachedService(/\/(?:Metrics|Subscriptions)$/, ({ path, query }) => `${path}?${query ?? ''}`),
  },
  {
    name: 'cache-ignores-unit',
    defect: 'a baseline is kept and given for the other unit',
    create: () => cachedService(BASELINE, ({ path }) => path.replace(/unit(?:=|%3D)(?:'|%27)\w/, '')),
  },
  {
    name: 'cache-ignores-product-type',
    defect: 'a baseline is kept and given for every other product type',
    create: () => cachedService(BASELINE, ({ path }) => path.replace(/product_type(?:=|%3D)(?:'|%27)\w+/, '')),
  },
  {
    name: 'cache-ignores-minutes',
    defect: 'a baseline by interval is kept and given for every interval of the same hours',
    create: () => cachedService(BASELINE, ({ path }) => path.replace(/(T\d\d)(?::|%3A)\d\d(?::|%3A)\d\d/g, '$1')),
  },
  {
    name: 'presigned-address-shared',
    defect: '$value gives the first address of a product again, to everyone',
    create: () => cachedService(/\/(?:\$|%24)value$/, ({ path }) => path),
  },
]);

function cachedService(path: RegExp, keyOf: (request: WireRequest) => string): Faults {
  return { aroundService: cached(path, keyOf) };
}

/** Good answers only: those are what a cache would keep. */
function cached(path: RegExp, keyOf: (request: WireRequest) => string): Around {
  const kept = new Map<string, Reply>();
  return async (request, answer) => {
    if (!path.test(request.path)) return answer(request);
    const key = keyOf(request);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const reply = await answer(request);
    if (reply.status < 400) kept.set(key, reply);
    return reply;
  };
}
