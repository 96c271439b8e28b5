import { catalogueQueries } from './cases/catalogue-queries';
import type { CaseFolder } from './contract-case';

/** In the order of the collection. */
export const CASE_FOLDERS: readonly CaseFolder[] = [catalogueQueries()];
