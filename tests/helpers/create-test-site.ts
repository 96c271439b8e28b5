import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { createAuxip, type Auxip } from '../../scripts/services/auxip';
import { createTokenSource } from '../../scripts/services/token';
import { createTransport, type Transport } from '../../scripts/services/transport';
import { createTestServer, sendJson, type RecordedRequest, type TestServer } from './create-test-server';
import { QUICK_PATIENCE } from './quick-patience';

export interface TestFile {
  id: string;
  name: string;
  bytes: Buffer;
  /** What the catalogue says in place of the truth. */
  catalogued?: object;
}

/** May answer a store request in place of the store; `count` is 1 for the first request of that file. */
export type StoreFault = (request: RecordedRequest, response: ServerResponse, file: TestFile, count: number) => boolean;

export interface TestSite {
  site: TestServer;
  store: TestServer;
  transport: Transport;
  auxip: Auxip;
}

/** The nth file, its name that of a Sentinel-2 file of parameters. */
export function testFile(number: number, size = 10_000): TestFile {
  const second = String(number % 60).padStart(2, '0');
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name: `S2A_OPER_GIP_R2DENT_MPC__20150605T0947${second}_V20150622T000000_21000101T000000_B06.TGZ`,
    bytes: Buffer.alloc(size, `bytes of file ${number}; `),
  };
}

/** Token endpoint, catalogue and `$value` on one origin, the store on another: small, for the faults of transfers. */
export async function createTestSite(files: readonly TestFile[], fault: StoreFault = () => false): Promise<TestSite> {
  const byId = new Map(files.map((file) => [file.id, file]));
  const counts = new Map<string, number>();
  const store = await createTestServer((request, response) => {
    const file = byId.get(new URL(request.url, 'http://x').pathname.split('/')[2] ?? '');
    const count = (counts.get(file?.id ?? '') ?? 0) + 1;
    if (file) counts.set(file.id, count);
    if (!file) sendXml(response, 404, 'NoSuchKey');
    else if (!fault(request, response, file, count)) serve(request, response, file.bytes);
  });
  const site = await createTestServer((request, response) => {
    const file = byId.get(/Products\(([^)]+)\)/.exec(request.url)?.[1] ?? '');
    if (request.method === 'POST') {
      sendGrant(response, site.requests.length);
    } else if (!file) {
      sendJson(response, { error: { code: null, message: 'No entity found for query' } }, 500);
    } else if (!request.url.endsWith('/$value')) {
      sendJson(response, entryOf(file));
    } else {
      const signature = `X-Amz-Expires=600&X-Amz-Signature=CANARY-SIGNATURE-${site.requests.length}`;
      const location = `${store.origin}/auxip/${file.id}/${encodeURIComponent(file.name)}?${signature}`;
      response.writeHead(302, { location, 'set-cookie': 'session=CANARY-COOKIE' }).end();
    }
  });
  return { site, store, ...clients(site.origin) };
}

function clients(origin: string): { transport: Transport; auxip: Auxip } {
  const root = `${origin}/auxip.svc`;
  const tokenUrl = `${origin}/auth/realms/r/protocol/openid-connect/token`;
  const transport = createTransport({ tokenUrl, apiRoots: [root], idleTimeoutSeconds: 2 });
  onTestFinished(() => transport.close());
  const patience = QUICK_PATIENCE;
  const credentials = { clientId: 'c', username: 'user', password: 'CANARY-PASSWORD' };
  const tokens = createTokenSource({ transport, tokenUrl, ...credentials, patience });
  return { transport, auxip: createAuxip({ root, transport, tokens, validate: () => [], patience }) };
}

function sendGrant(response: ServerResponse, count: number): void {
  sendJson(response, {
    access_token: `CANARY-ACCESS-${count}`,
    refresh_token: `CANARY-REFRESH-${count}`,
    expires_in: 900,
  });
}

function entryOf({ id, name, bytes, catalogued }: TestFile): object {
  const Value = createHash('md5').update(bytes).digest('hex');
  return {
    Id: id,
    Name: name,
    ContentLength: bytes.length,
    PublicationDate: '2021-03-04T11:44:30.18Z',
    Checksum: [{ Algorithm: 'MD5', Value }],
    ...catalogued,
  };
}

/** As an object store does: whole, or from the first byte of a Range on. */
export function serve(request: RecordedRequest, response: ServerResponse, bytes: Buffer): void {
  const first = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const headers = { 'content-type': 'binary/octet-stream', 'content-length': bytes.length - first };
  const range = { 'content-range': `bytes ${first}-${bytes.length - 1}/${bytes.length}` };
  if (!request.headers.range) response.writeHead(200, headers).end(bytes);
  else if (first >= bytes.length) sendXml(response, 416, 'InvalidRange');
  else response.writeHead(206, { ...headers, ...range }).end(bytes.subarray(first));
}

/** An error of the object store. */
export function sendXml(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code} it is</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}

/** A folder of its own for one test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'auxflow-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
