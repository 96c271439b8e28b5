import { buildConnector } from 'undici';
import { proxyOf, type Network } from '../network';
import { openTunnel } from './proxy-tunnel';

/** How undici opens a connection: through the proxy of its URL, if it has one, with TLS on top of that. */
export function connectorOf({ ca, cert, key }: Network): buildConnector.connector {
  const connect = buildConnector({ ...(ca ? { ca: [...ca] } : {}), cert, key });
  return (options, done) => {
    const { protocol, hostname, port } = options;
    const secure = protocol === 'https:';
    const proxy = proxyOf(`${protocol}//${hostname}:${port || (secure ? 443 : 80)}/`);
    if (!proxy) {
      connect(options, done);
      return;
    }
    const host = hostname.replace(/^\[|\]$/g, '');
    openTunnel(proxy, host, Number(port) || (secure ? 443 : 80)).then(
      (socket) => {
        if (secure) connect({ ...options, httpSocket: socket }, done);
        else done(null, socket);
      },
      (error: unknown) => done(toThrown(error), null),
    );
  };
}

const toThrown = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
