import { asJson } from './schema-files';
import { coverageText } from './case-text';
import { coverageOf } from './coverage';
import { CASE_FOLDERS } from '../contract-suite/folders';
import { serviceContract } from './service-contract';
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
