import { inGroup } from './mutant';

/** $skip, $top and the size of a page (auxip.md §2.2). */
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
    name: 'top-ignored',
    defect: '$top is ignored: every page is as long as the service allows',
    create: () => ({ query: (query) => ({ ...query, top: undefined }) }),
  },
]);
