import { catalogueFilterLanguage } from './cases/catalogue-filter-language';
import { catalogueFilters } from './cases/catalogue-filters';
import { cataloguePages } from './cases/catalogue-pages';
import { catalogueRefusals } from './cases/catalogue-refusals';
import { catalogueResources } from './cases/catalogue-resources';
import type { CaseFolder } from './contract-case';

/** In the order of the collection. */
export const CASE_FOLDERS: readonly CaseFolder[] = [
  catalogueFilters(),
  catalogueFilterLanguage(),
  cataloguePages(),
  catalogueResources(),
  ...catalogueRefusals(),
];
