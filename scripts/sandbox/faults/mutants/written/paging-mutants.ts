import { afterService, beforeService, isOption, optionOf, withOptions, withQuery } from '../around';
import { changedText, editData, isEmptyPage, PRODUCTS, without } from '../edit-json';
import { inGroup } from '../mutant';
import type { Fields } from '../../../odata/write-value';
import type { Faults } from '../../scenarios/faults';

const NEXT_LINK = '@odata.nextLink';

/** $skip, $top, the size of a page, and the links of the official specification (auxip.md#query-options, auxip.md#specification-icd). */
export const PAGING_MUTANTS = inGroup('paging', [
  {
    name: 'skip-one-too-many',
    defect: '$skip passes over one row more than it was told',
    create: () => ({ skip: (skip) => (skip === 0 ? 0 : skip + 1) }),
  },
  {
    name: 'skip-one-too-few',
    defect: '$skip passes over one row less than it was told, so that pages overlap',
    create: () => ({ skip: (skip) => Math.max(0, skip - 1) }),
  },
  {
    name: 'skip-ignored',
    defect: '$skip is ignored: every page is the first',
    create: () => ({ query: (query) => ({ ...query, skip: undefined }) }),
  },
  {
    name: 'skip-counts-pages',
    defect: '$skip is taken for a number of pages of length $top',
    create: () => ({ query: (query) => ({ ...query, skip: (query.skip ?? 0) * (query.top ?? 1) }) }),
  },
  {
    name: 'skip-past-end-starts-over',
    defect: 'a $skip past the last row gives the first page again',
    create: () => ({
      aroundService: async (request, answer) => {
        const reply = await answer(request);
        const isPastEnd = optionOf(request, 'skip') !== undefined && isEmptyPage(reply);
        return isPastEnd ? answer(withOptions(request, (option) => !isOption('skip')(option))) : reply;
      },
    }),
  },
  {
    name: 'skip-up-to-1000',
    defect: 'a $skip above 1000 passes over 1000 rows',
    create: () => ({ skip: (skip) => Math.min(skip, 1000) }),
  },
  {
    name: 'skip-of-files-up-to-500',
    defect: 'a $skip above 500 passes over 500 files of reprocessing.svc',
    create: () =>
      beforeService((request) =>
        request.path.endsWith('/AuxFiles')
          ? withQuery(request, (query) =>
              query.replace(/skip=(\d+)/, (_all, skip: string) => `skip=${Math.min(Number(skip), 500)}`),
            )
          : request,
      ),
  },
  {
    name: 'top-ignored',
    defect: '$top is ignored: every page is as long as the service allows',
    create: () => ({ query: (query) => ({ ...query, top: undefined }) }),
  },
  {
    name: 'top-one-short',
    defect: 'pages are one row shorter than $top',
    create: () => ({ query: (query) => ({ ...query, top: query.top && query.top - 1 }) }),
  },
  {
    name: 'top-zero-is-all',
    defect: '$top=0 gives a whole page, not an empty one',
    create: () => ({ query: (query) => ({ ...query, top: query.top === 0 ? undefined : query.top }) }),
  },
  {
    name: 'page-of-100',
    defect: 'no page is longer than 100 rows, and nothing says so',
    create: () => ({ query: (query) => ({ ...query, top: Math.min(query.top ?? 100, 100) }) }),
  },
  {
    name: 'filtered-page-first-of-200',
    defect: '$skip has no effect together with $filter',
    create: () => ({ query: (query) => (query.filter === undefined ? query : { ...query, skip: undefined }) }),
  },
  {
    name: 'next-link-missing',
    defect: 'a page of the official specification that is not the last comes without nextLink',
    needs: { profile: 'icd' },
    create: () => editPages((json) => without(json, NEXT_LINK)),
  },
  {
    name: 'next-link-repeats-page',
    defect: 'nextLink leads to the same page again',
    needs: { profile: 'icd' },
    create: () => editPages((json) => changedText(json, NEXT_LINK, (link) => link.replace(/\$skip=\d+/, '$skip=0'))),
  },
  {
    name: 'next-link-loses-filter',
    defect: 'nextLink forgets $filter',
    needs: { profile: 'icd' },
    create: () =>
      editPages((json) => changedText(json, NEXT_LINK, (link) => link.replace(/(?:\$|%24)filter=[^&]*&?/, ''))),
  },
  {
    name: 'next-link-inner-host',
    defect: 'nextLink names a host behind the proxy',
    needs: { profile: 'icd' },
    create: () =>
      editPages((json) =>
        changedText(json, NEXT_LINK, (link) => link.replace(/^https?:\/\/[^/]+/, 'http://auxip:8080')),
      ),
  },
]);

function editPages(edit: (json: Fields) => Fields): Faults {
  return afterService(PRODUCTS, (reply) => editData(reply, edit));
}
