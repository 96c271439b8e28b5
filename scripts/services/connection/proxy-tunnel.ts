import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { nameOfProxy } from '../network';

/** A proxy that did not connect; its message is what `networkFailure` reads. */
class ProxyError extends Error {
  readonly code: string;

  constructor(proxy: URL, reason: string) {
    super(`proxy ${nameOfProxy(proxy)}: ${reason}`);
    this.code = this.message;
  }
}

/** Longest wait for a proxy. */
const SECONDS = 30;

/**
 * A connection to a host through a proxy (CONNECT, RFC 9110 §9.3.6), with the user and password in the proxy's address. Nothing of what
 * is sent through it, headers included, is seen by the proxy where the host speaks TLS.
 */
export function openTunnel(proxy: URL, host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const { request } = proxy.protocol === 'https:' ? https : http;
    const asked = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...authorization(proxy) },
      agent: false,
      timeout: SECONDS * 1000,
    });
    const failed = (reason: string): void => reject(new ProxyError(proxy, reason));
    asked.on('connect', ({ statusCode = 0 }, socket) => {
      socket.setTimeout(0);
      if (statusCode === 200) {
        resolve(socket);
        return;
      }
      socket.destroy();
      failed(`status ${statusCode}`);
    });
    asked.on('response', ({ statusCode = 0 }) => {
      asked.destroy();
      failed(`status ${statusCode}`);
    });
    asked.on('timeout', () => asked.destroy(new Error(`silent for ${SECONDS} s`)));
    asked.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
    asked.end();
  });
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}
