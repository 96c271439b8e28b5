import { catalogueFilterLanguage } from './cases/catalogue-filter-language';
import { catalogueFilters } from './cases/catalogue-filters';
import { cataloguePages } from './cases/catalogue-pages';
import { catalogueRefusals } from './cases/catalogue-refusals';
import { catalogueResources } from './cases/catalogue-resources';
import { downloads } from './cases/downloads';
import { expiry } from './cases/expiry';
import { gateway } from './cases/gateway';
import { quota } from './cases/quota';
import { rdbBaselines } from './cases/rdb-baselines';
import { rdbCalls } from './cases/rdb-calls';
import { rdbQuirks } from './cases/rdb-quirks';
import { reprocessing, reprocessingCalls } from './cases/reprocessing';
import { selectionRules } from './cases/selection-rules';
import { tokenEndpoint } from './cases/token-endpoint';
import type { CaseFolder } from './contract-case';

/** In the order of the collection. */
export const CASE_FOLDERS: readonly CaseFolder[] = [
  tokenEndpoint(),
  gateway(),
  catalogueFilters(),
  catalogueFilterLanguage(),
  cataloguePages(),
  catalogueResources(),
  ...catalogueRefusals(),
  reprocessing(),
  reprocessingCalls(),
  rdbCalls(),
  rdbBaselines(),
  selectionRules(),
  rdbQuirks(),
  downloads(),
  quota(),
  expiry(),
];
