import { convertV2 } from 'openapi-to-postmanv2';
import type { OpenApiDocument } from './openapi';
import type { PostmanItem, PostmanRequest } from '../contract-suite/collection/postman-collection';

/**
 * The requests that openapi-to-postmanv2 makes of an OpenAPI document, by `METHOD path`. Its faked values, random ids, examples
 * and tests are left behind: they differ on every run.
 */
export async function requestsOf(openApi: OpenApiDocument): Promise<Map<string, PostmanRequest>> {
  const collection = await convert(openApi);
  const requests = new Map<string, PostmanRequest>();
  const visit = (items: readonly PostmanItem[]): void => {
    for (const item of items) {
      if (item.item) visit(item.item);
      if (item.request) requests.set(`${item.request.method} ${templateOf(item.request)}`, item.request);
    }
  };
  visit(collection.item);
  return requests;
}

/** The converter's URL as the OpenAPI path it came from: `{{Id}}` back to `{Id}`, without its host. */
function templateOf(request: PostmanRequest): string {
  if (typeof request.url === 'string') return request.url;
  return `/${request.url.path.join('/').replaceAll('{{', '{').replaceAll('}}', '}')}`;
}

function convert(openApi: OpenApiDocument): Promise<{ item: PostmanItem[] }> {
  const options = { requestNameSource: 'URL', schemaFaker: false, parametersResolution: 'Schema' } as const;
  return new Promise((resolve, reject) => {
    convertV2({ type: 'json', data: structuredClone(openApi) }, options, (error, result) => {
      const [output] = result?.output ?? [];
      if (output && result?.result) resolve(output.data as { item: PostmanItem[] });
      else reject(new Error(`OpenAPI does not convert: ${result?.reason ?? error?.message ?? 'no output'}`));
    });
  });
}
