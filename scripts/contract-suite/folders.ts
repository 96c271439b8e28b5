import { catalogueDraw } from './cases/auxip/catalogue-draw';
import { catalogueFilterLanguage } from './cases/auxip/catalogue-filter-language';
import { catalogueFilters } from './cases/auxip/catalogue-filters';
import { cataloguePages } from './cases/auxip/catalogue-pages';
import { catalogueRefusals } from './cases/auxip/refusal-folders';
import { catalogueResources } from './cases/auxip/catalogue-resources';
import { downloads } from './cases/downloads';
import { expiry } from './cases/expiry';
import { gateway } from './cases/gateway';
import { quota } from './cases/quota';
import { rdbBaselines } from './cases/rdb/rdb-baselines';
import { rdbCalls } from './cases/rdb/rdb-calls';
import { rdbQuirks } from './cases/rdb/rdb-quirks';
import { reprocessing, reprocessingCalls } from './cases/reprocessing/reprocessing';
import { selectionRules } from './cases/rdb/selection-rules';
import { tokenEndpoint } from './cases/token-endpoint';
import { withCosts } from './case-costs';
import type { CaseFolder } from './contract-case';

/** In the order of the collection, each case with its costs. */
export const CASE_FOLDERS: readonly CaseFolder[] = [
  tokenEndpoint(),
  gateway(),
  catalogueFilters(),
  catalogueFilterLanguage(),
  cataloguePages(),
  catalogueResources(),
  catalogueDraw(),
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
].map(withCosts);
