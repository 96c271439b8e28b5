import { catalogueQueries } from './cases/catalogue-queries';
import { downloads } from './cases/downloads';
import { expiry } from './cases/expiry';
import { gateway } from './cases/gateway';
import { quota } from './cases/quota';
import { tokenEndpoint } from './cases/token-endpoint';
import { reprocessing } from './cases/reprocessing';
import type { CaseFolder } from './contract-case';

/** In the order of the collection. */
export const CASE_FOLDERS: readonly CaseFolder[] = [
  tokenEndpoint(),
  gateway(),
  catalogueQueries(),
  reprocessing(),
  downloads(),
  quota(),
  expiry(),
];
