/** Collections that other generators make of our OpenAPI documents. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { convertV2 } from 'openapi-to-postmanv2';
import type { PostmanEvent, PostmanItem } from '../../scripts/contract-suite/collection/postman-collection';
import type { OpenApiDocument } from '../../scripts/generate/openapi';
import { ROOT } from '../../scripts/lib/package-root';
import { SERVICES } from '../../scripts/services/services';
import { fillIn, testEvent, tokenIn, type Samples } from './fill-requests';
import { oneVariableEach } from './one-variable';
import type { Suite } from './suite';

/** The token first: its request keeps the token for the others. */
const DOCUMENTS = ['token', 'rdb', 'auxip', 'reprocessing'] as const;
type DocumentName = (typeof DOCUMENTS)[number];

/** What turns one OpenAPI document into a collection's items. */
type Generate = (
  openApi: OpenApiDocument,
  name: DocumentName,
) => Promise<readonly PostmanItem[]> | readonly PostmanItem[];

export function readOpenApi(name: DocumentName): OpenApiDocument {
  const file = path.join(ROOT, 'schemas', 'openapi', `${name}.openapi.json`);
  return JSON.parse(readFileSync(file, 'utf8')) as OpenApiDocument;
}

/** openapi-to-postmanv2 with its default options, every option of a query filled in; a status check per request. */
export function converterPeer(samples: Samples): Promise<Suite> {
  const check = testEvent("pm.test('status is 2xx or 3xx', () => pm.expect(pm.response.code).to.be.within(200, 399));");
  return peer('openapi-to-postmanv2 with status checks', samples, async (openApi) =>
    withEvent(await convert(openApi), check),
  );
}

const PORTMAN = '@apideck/portman@1.33.0';
/** portman 1.33.0 requires it without naming it as a dependency. */
const MISSING_IN_PORTMAN = 'tslib@2';
const PORTMAN_FOLDER = path.join(tmpdir(), 'auxflow-portman');
const INSTALL_QUIETLY = ['--prefix', PORTMAN_FOLDER, '--ignore-scripts', '--no-audit', '--no-fund'];

/** portman with its default configuration, installed below the temporary folder when it is not there yet. */
export function portmanPeer(samples: Samples): Promise<Suite> {
  const command = path.join(PORTMAN_FOLDER, 'node_modules', '@apideck', 'portman', 'bin', 'portman');
  if (!existsSync(command)) {
    mkdirSync(PORTMAN_FOLDER, { recursive: true });
    run('npm', ['install', ...INSTALL_QUIETLY, PORTMAN, MISSING_IN_PORTMAN]);
  }
  return peer('portman, default contract tests', samples, (openApi, name) => {
    const simple = oneVariableEach(openApi);
    const [source, made] = [`${name}.openapi.json`, `${name}.collection.json`];
    writeFileSync(path.join(PORTMAN_FOLDER, source), JSON.stringify(simple.openApi));
    run(process.execPath, [command, '--local', source, '--output', made]);
    const collection = readFileSync(path.join(PORTMAN_FOLDER, made), 'utf8');
    return simple.restore((JSON.parse(collection) as { item: PostmanItem[] }).item);
  });
}

async function peer(name: string, samples: Samples, generate: Generate): Promise<Suite> {
  const item: PostmanItem[] = [];
  for (const document of DOCUMENTS) {
    const generated = await generate(readOpenApi(document), document);
    const rootVariable = document === 'token' ? 'site_url' : SERVICES[document].rootVariable;
    item.push({ id: document, name: document, item: fillIn(generated, rootVariable, samples) });
  }
  const info = { name, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' };
  return { name, collection: { ...{ info, auth: tokenIn('access_token') }, item }, runs: 'whole' };
}

function convert(openApi: OpenApiDocument): Promise<PostmanItem[]> {
  return new Promise((resolve, reject) => {
    convertV2({ type: 'json', data: openApi }, {}, (error, result) => {
      const [output] = result?.output ?? [];
      if (output && result?.result) resolve((output.data as { item: PostmanItem[] }).item);
      else reject(new Error(`OpenAPI does not convert: ${result?.reason ?? error?.message ?? 'no output'}`));
    });
  });
}

function withEvent(items: readonly PostmanItem[], event: PostmanEvent): PostmanItem[] {
  return items.map((item) =>
    item.item ? { ...item, item: withEvent(item.item, event) } : { ...item, event: [event] },
  );
}

/** In portman's folder: it writes beside what it is asked for. */
function run(command: string, words: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: PORTMAN_FOLDER, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} failed:\n${stdout}\n${stderr}`);
}
