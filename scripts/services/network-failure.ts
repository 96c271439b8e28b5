import type { AuxflowError } from '../errors/errors';

/** A certificate that does not verify, or no TLS at all: it will not be otherwise the next time. */
export const TLS_REFUSAL =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)|self[- ]signed|unable to (?:get|verify)|altnames/i;

const PROXY = /proxy (https?:\/\/\S+): (.+)/;

export interface Attempted {
  readonly method: string;
  /** Without query. */
  readonly url: string;
  readonly attempts: number;
}

/** What kept a request from being answered, as an error of its own kind: the proxy, the certificate, or the connection. */
export function networkFailure(reason: string, { method, url, attempts }: Attempted): AuxflowError {
  const [, proxy, problem = ''] = PROXY.exec(reason) ?? [];
  if (proxy !== undefined && problem === 'status 407') return { code: 'PROXY_AUTHENTICATION', proxy };
  if (proxy !== undefined) return { code: 'PROXY_UNREACHABLE', proxy, reason: problem };
  if (TLS_REFUSAL.test(reason) && URL.canParse(url)) return { code: 'TLS_REFUSED', host: new URL(url).host, reason };
  return { code: 'NETWORK', method, url, reason, attempts };
}
