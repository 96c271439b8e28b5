/** A site with TLS of a CA of its own, which can be reached through a forward proxy only. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { environmentFile } from './environment-file';
import { temporaryFolder } from './run-cli';
import { ACCOUNT, withSandbox } from './with-sandbox';

const SITE = 'https://site.auxflow.test';
const STORE = 'https://store.auxflow.test';

/** Of the answer passed on; what goes out has its own, and another place to lead to. */
const FRAMING = new Set(['content-length', 'transfer-encoding', 'location']);

export interface CorporateNetwork {
  readonly caFile: string;
  readonly clientCert: string;
  readonly clientKey: string;
  readonly environmentFile: string;
  /** For `environment` of the command line: the account and the proxy. */
  environment(proxy?: string): Record<string, string>;
  /** Hosts that the proxy connected to. */
  readonly connected: string[];
}

export interface CorporateOptions {
  /** `user:password` that the proxy wants. */
  readonly proxyLogin?: string;
  readonly wantsClientCertificate?: boolean;
}

export async function corporateNetwork(options: CorporateOptions = {}): Promise<CorporateNetwork> {
  const folder = temporaryFolder();
  const files = certificatesIn(folder);
  const sandbox = await withSandbox();
  const here = (text: string): string => text.replaceAll(sandbox.siteUrl, SITE).replaceAll(sandbox.storeUrl, STORE);
  const tls = {
    ...{ cert: readFileSync(files.cert), key: readFileSync(files.key) },
    ...(options.wantsClientCertificate ? { requestCert: true, ca: readFileSync(files.ca) } : {}),
  };
  const front = (origin: string): Server =>
    createTlsServer(tls, (incoming, response) => {
      void collected(incoming).then((body) => {
        const target = new URL(incoming.url ?? '/', origin);
        const headers = { ...incoming.headers, host: target.host };
        const sent = httpRequest(target, { method: incoming.method, headers }, (answer) => {
          void collected(answer).then((bytes) => {
            const { location } = answer.headers;
            const others = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !FRAMING.has(name)));
            const isText = /json|xml|html/.test(answer.headers['content-type'] ?? '');
            const changed = isText ? Buffer.from(here(bytes.toString())) : bytes;
            const moved = location === undefined ? {} : { location: here(location) };
            response.writeHead(answer.statusCode ?? 502, { ...others, ...moved, 'content-length': changed.length });
            response.end(changed);
          });
        });
        sent.end(body);
      });
    });
  const [site, store] = [await listening(front(sandbox.siteUrl)), await listening(front(sandbox.storeUrl))];
  const connected: string[] = [];
  const proxy = createHttpServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', (asked: IncomingMessage, client) => {
    const wanted = `Basic ${Buffer.from(options.proxyLogin ?? '').toString('base64')}`;
    if (options.proxyLogin !== undefined && asked.headers['proxy-authorization'] !== wanted)
      return client.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    const [host = ''] = (asked.url ?? '').split(':');
    connected.push(host);
    const upstream = connect(host === new URL(SITE).hostname ? site : store, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [upstream, client])
      socket.on('error', () => [upstream, client].forEach((end) => end.destroy()));
    return undefined;
  });
  const port = await listening(proxy);
  const login =
    options.proxyLogin === undefined ? '' : `${options.proxyLogin.split(':').map(encodeURIComponent).join(':')}@`;
  return {
    ...{ caFile: files.ca, clientCert: files.clientCert, clientKey: files.clientKey, connected },
    environmentFile: environmentFile(folder, { site_url: SITE }),
    environment: (address = `http://${login}127.0.0.1:${port}`) => ({ ...ACCOUNT, HTTPS_PROXY: address, NO_PROXY: '' }),
  };
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** Made by openssl: a CA, a certificate for both hosts, and one for the client. */
function certificatesIn(folder: string) {
  const file = (name: string): string => path.join(folder, name);
  const openssl = (...words: string[]): void =>
    void execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=auxflow test CA', '-keyout', 'ca.key', '-out', 'ca.pem');
  writeFileSync(file('names.cnf'), 'subjectAltName=DNS:site.auxflow.test,DNS:store.auxflow.test');
  for (const name of ['server', 'client']) {
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names.cnf', '-out', `${name}.pem`);
  }
  return {
    ...{ ca: file('ca.pem'), cert: file('server.pem'), key: file('server.key') },
    ...{ clientCert: file('client.pem'), clientKey: file('client.key') },
  };
} // prettier-ignore
