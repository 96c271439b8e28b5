import { asJson } from '../contract/schema-files';
import { coverageText } from './contract-suite/case-text';
import { coverageOf } from './contract-suite/coverage';
import { CASE_FOLDERS } from './contract-suite/folders';
import { serviceContract } from './contract-suite/service-contract';
import { environments } from './environments';
import { workflowCollection } from './workflow';

/** Everything that people import into Postman, as text by path from the repository root. */
export async function collectionFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  files.set('collections/reprocessing-workflow.postman_collection.json', asJson(await workflowCollection()));
  files.set('collections/service-contract.postman_collection.json', asJson(await serviceContract()));
  files.set('docs/contract-coverage.md', coverageText(coverageOf(CASE_FOLDERS)));
  for (const [name, environment] of environments())
    files.set(`environments/${name}.postman_environment.json`, asJson(environment));
  return files;
}
