import { tomcatPage } from '../../../http/html-pages';
import { afterService, beforeService, beforeSite, withOptions, withQuery } from '../around';
import { changedText, editRows } from '../edit-json';
import { inGroup } from '../mutant';

/** How addresses are read, and texts written (auxip.md#query-options, rdb.md#calls). */
export const ENCODING_MUTANTS = inGroup('encoding', [
  {
    name: 'plus-as-blank',
    defect: 'a plus sign in a query is read as a blank',
    create: () => beforeService((request) => withQuery(request, (query) => query.replaceAll('+', '%20'))),
  },
  {
    name: 'encoded-plus-as-blank',
    defect: '%2B in a query is read as a blank',
    create: () => beforeService((request) => withQuery(request, (query) => query.replace(/%2b/gi, '%20'))),
  },
  {
    name: 'query-decoded-twice',
    defect: 'the query is percent-decoded twice',
    create: () => beforeService((request) => withQuery(request, (query) => query.replaceAll('%25', '%'))),
  },
  {
    name: 'encoded-quote-lost',
    defect: 'an encoded quote (%27) at the end of a literal is lost',
    create: () => beforeService((request) => withQuery(request, (query) => query.replace(/%27(?=[^%]*$)/, ''))),
  },
  {
    name: 'encoded-dollar-ignored',
    defect: 'an option whose dollar sign is encoded (%24top) is passed over',
    create: () => beforeService((request) => withOptions(request, (option) => !/^%24/.test(option))),
  },
  {
    name: 'options-in-any-case',
    defect: '$TOP is read as $top',
    create: () =>
      beforeService((request) =>
        withQuery(request, (query) => query.replace(/(^|&)\$[A-Za-z]+/g, (name) => name.toLowerCase())),
      ),
  },
  {
    name: 'encoded-parentheses-refused',
    defect: 'a function call with encoded parentheses is 400',
    create: () => ({
      aroundService: (request, answer) => (/%28|%29/.test(request.path) ? tomcatPage(400) : answer(request)),
    }),
  },
  {
    name: 'encoded-comma-lost',
    defect: 'an encoded comma between l0_names separates nothing',
    create: () => beforeSite((request) => ({ ...request, path: request.path.replace(/%2c/gi, '%3B') })),
  },
  {
    name: 'names-with-entities',
    defect: 'underscores in names of products are written as HTML entities',
    create: () =>
      afterService(/\/Products$/, (reply) =>
        editRows(reply, (row) => changedText(row, 'Name', (name) => name.replaceAll('_', '&#95;'))),
      ),
  },
  {
    name: 'byte-order-mark',
    defect: 'JSON begins with a byte order mark',
    create: () =>
      afterService(/^/, (reply) =>
        typeof reply.body === 'string' && reply.body.startsWith('{')
          ? { ...reply, body: `\uFEFF${reply.body}` }
          : reply,
      ),
  },
  {
    name: 'quotes-kept',
    defect: 'a doubled quote inside a text is refused',
    create: () => ({
      aroundService: (request, answer) =>
        /[^=,(]''|%27%27/.test(request.query ?? '') ? tomcatPage(400) : answer(request),
    }),
  },
]);
