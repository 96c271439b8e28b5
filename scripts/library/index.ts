/** What other programs may build on (docs/library.md). Everything else of dist/ may change without notice. */
export {
  fetchCampaign,
  planCampaign,
  runWorkflow,
  type CampaignRequest,
  type FetchCampaignOptions,
  type WorkflowOptions,
} from './campaign';
export { runContract, type ContractResult, type RunContractOptions } from './run-contract';
export { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox';
export { verifyFolder } from './verify-folder';
export type { FilesResult, RunSummary, ServiceOptions } from './observe';
export type { Failed, Result, Success } from './result';
export * as schemas from './schemas';
export * as sentinel from './sentinel';
export { describe as explain } from '../errors/messages';
export type { AuxflowError, ErrorCode, ErrorOf } from '../errors/errors';
export type { Words } from '../errors/words';
export type { FileResult, RunEvent } from '../session/run-events';
export type { Plan } from '../campaign/plan/plan';
export type { Account } from '../services/site';
