import { catalogueQueries } from './cases/catalogue-queries';
import { rdbBaselines } from './cases/rdb-baselines';
import { rdbCalls } from './cases/rdb-calls';
import { rdbQuirks } from './cases/rdb-quirks';
import { selectionRules } from './cases/selection-rules';
import type { CaseFolder } from './contract-case';

/** In the order of the collection. */
export const CASE_FOLDERS: readonly CaseFolder[] = [
  catalogueQueries(),
  rdbCalls(),
  rdbBaselines(),
  selectionRules(),
  rdbQuirks(),
];
