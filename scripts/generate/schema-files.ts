import { answers, schemaDocument } from '../services/schema/answers';
import { openApiOf, tokenOpenApi } from './openapi';
import { SERVICES, type ServiceName } from '../services/services';
import { typeSources } from './types-source';

/** Everything derived from schemas/csdl, as text by path from the repository root. */
export async function contractFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const answer of answers()) files.set(`schemas/json/${answer.name}.schema.json`, asJson(schemaDocument(answer)));
  for (const service of Object.keys(SERVICES) as ServiceName[])
    files.set(`schemas/openapi/${service}.openapi.json`, asJson(openApiOf(service)));
  files.set('schemas/openapi/token.openapi.json', asJson(tokenOpenApi()));
  for (const [type, source] of await typeSources()) files.set(`scripts/services/schema/types/${type}.ts`, source);
  return files;
}

/** The one way generated JSON is laid out. */
export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
