import { asJson } from './schema-files';
import { collectionJson } from './collection-json';
import { coverageText } from './case-text';
import { coverageOf } from './coverage';
import { CASE_FOLDERS } from '../contract-suite/folders';
import { serviceContract } from './service-contract';
import { environments } from './environments';
import { v3Files } from './v3/files';
import { workflowCollection } from './workflow';

/** Everything in it is generated. */
export const V3_FOLDER = 'collections/v3';

/** Everything that people import into Postman, as text by path from the repository root. */
export async function collectionFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const collections = {
    'reprocessing-workflow': await workflowCollection(),
    'service-contract': await serviceContract(),
  };
  for (const [name, collection] of Object.entries(collections)) {
    files.set(
      `collections/${name}.postman_collection.json`,
      name === 'service-contract' ? collectionJson(collection) : asJson(collection),
    );
    for (const [file, text] of v3Files(collection)) files.set(`${V3_FOLDER}/${name}/${file}`, text);
  }
  files.set('docs/contract-coverage.md', coverageText(coverageOf(CASE_FOLDERS)));
  for (const [name, environment] of environments())
    files.set(`environments/${name}.postman_environment.json`, asJson(environment));
  return files;
}
