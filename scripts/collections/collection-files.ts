import { asJson } from '../contract/schema-files';
import { environments } from './environments';
import { workflowCollection } from './workflow';

/** Everything that people import into Postman, as text by path from the repository root. */
export async function collectionFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  files.set('collections/reprocessing-workflow.postman_collection.json', asJson(await workflowCollection()));
  for (const [name, environment] of environments())
    files.set(`environments/${name}.postman_environment.json`, asJson(environment));
  return files;
}
