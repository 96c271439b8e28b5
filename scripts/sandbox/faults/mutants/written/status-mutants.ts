import { emptyReply, jsonReply } from '../../../http/reply';
import { tomcatPage } from '../../../http/html-pages';
import { afterService, beforeService, isOption, optionOf, withOptions } from '../around';
import { BASELINE, isEmptyPage } from '../edit-json';
import { inGroup } from '../mutant';
import type { Reply } from '../../../http/reply';

const AUXIP = /^\/(?:auxip\.svc|odata\/v1)/;

/** The status of an answer, and what is refused at all. */
export const STATUS_MUTANTS = inGroup('status', [
  {
    name: 'unknown-product-204',
    defect: 'an unknown product is 204 without a body',
    create: () => afterService(AUXIP, (reply) => (isUnknownProduct(reply) ? emptyReply(204) : reply)),
  },
  {
    name: 'unknown-product-200',
    defect: 'an unknown product is 200 with an empty object',
    create: () =>
      afterService(AUXIP, (reply) => (isUnknownProduct(reply) ? { ...reply, status: 200, body: '{}' } : reply)),
  },
  {
    name: 'bad-request-500',
    defect: 'what is wrong with a request is answered with 500, not 400',
    create: () => afterService(/^/, (reply) => (reply.status === 400 ? { ...reply, status: 500 } : reply)),
  },
  {
    name: 'bad-filter-ignored',
    defect: 'a $filter that cannot be read is passed over: everything comes, with 200',
    create: () => ({
      aroundService: async (request, answer) => {
        const reply = await answer(request);
        const isBad = reply.status === 400 && optionOf(request, 'filter') !== undefined;
        return isBad ? answer(withOptions(request, (option) => !isOption('filter')(option))) : reply;
      },
    }),
  },
  {
    name: 'unknown-option-ignored',
    defect: 'system query options that do not exist are passed over',
    create: () =>
      beforeService((request) =>
        withOptions(request, (option) => !option.startsWith('$') || KNOWN_OPTION.test(option)),
      ),
  },
  {
    name: 'repeated-option-taken',
    defect: 'an option that stands twice is no error: the first one counts',
    create: () =>
      beforeService((request) => {
        const seen = new Set<string>();
        return withOptions(request, (option) => {
          const name = option.split('=')[0] ?? '';
          const isFirst = !seen.has(name);
          seen.add(name);
          return isFirst;
        });
      }),
  },
  {
    name: 'negative-top-taken',
    defect: 'a negative $top or $skip is passed over, not refused',
    create: () =>
      beforeService((request) => withOptions(request, (option) => !/^(?:\$|%24)(?:top|skip)=-/.test(option))),
  },
  {
    name: 'empty-page-404',
    defect: 'a page without rows is 404',
    create: () =>
      afterService(AUXIP, (reply) =>
        isEmptyPage(reply) ? jsonReply(404, { error: { code: '404', message: 'Not found' } }) : reply,
      ),
  },
  {
    name: 'empty-page-204',
    defect: 'a page without rows is 204 without a body',
    create: () => afterService(AUXIP, (reply) => (isEmptyPage(reply) ? emptyReply(204) : reply)),
  },
  {
    name: 'baseline-201',
    defect: 'baselines come with 201 Created',
    create: () => afterService(BASELINE, (reply) => (reply.status === 200 ? { ...reply, status: 201 } : reply)),
  },
  {
    name: 'unknown-resource-200',
    defect: 'a resource that does not exist is an empty collection with 200',
    create: () => afterService(/^/, (reply) => (reply.status === 404 ? jsonReply(200, { value: [] }) : reply)),
  },
  {
    name: 'wrong-accept-ignored',
    defect: 'an Accept that no answer can meet is answered with JSON, not 406',
    create: () => ({
      aroundService: async (request, answer) => {
        const reply = await answer(request);
        if (reply.status !== 406) return reply;
        return answer({ ...request, headers: { ...request.headers, accept: 'application/json' } });
      },
    }),
  },
  {
    name: 'wrong-method-as-get',
    defect: 'rdb.svc answers POST and PUT as if they were GET',
    create: () => ({
      aroundService: (request, answer) => answer(BASELINE.test(request.path) ? { ...request, method: 'GET' } : request),
    }),
  },
  {
    name: 'wrong-method-html',
    defect: 'methods that are not allowed get an HTML page with 405',
    create: () => afterService(/^/, (reply) => (reply.status === 405 ? tomcatPage(405) : reply)),
  },
  {
    name: 'missing-parameter-200',
    defect: 'a function called without one of its parameters answers an empty baseline, with 200',
    create: () =>
      afterService(BASELINE, (reply, { path }) =>
        reply.status >= 400 && !/product_type/.test(path) ? jsonReply(200, { value: [] }) : reply,
      ),
  },
]);

const KNOWN_OPTION =
  /^\$(?:filter|format|expand|id|count|orderby|search|select|skip|skiptoken|top|levels|deltatoken|apply)=/;

/** The recorded way of auxip.svc, and that of the specification. */
function isUnknownProduct({ status, body }: Reply): boolean {
  return typeof body === 'string' && status >= 400 && /No entity found for query|Product not found/.test(body);
}
