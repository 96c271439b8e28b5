import { problemsOf } from '../services/schema/validators';
import type { Redactor } from '../lib/redact/redact';
import { createApi, type Api } from '../services/api';
import { createAuxip, type Auxip } from '../services/auxip';
import type { RetryPolicy } from '../services/retry';
import type { Site } from '../services/site';
import { createTokenSource, type TokenSource } from '../services/token';
import { createTransport, type Transport } from '../services/transport';
import type { Account } from '../services/site';

export interface Services {
  readonly auxip: Auxip;
  /** Answers of any service, checked against their schemas. */
  readonly api: Api;
  readonly tokens: TokenSource;
  readonly transport: Transport;
}

export interface ServicesOptions {
  readonly site: Site;
  readonly account: Account;
  readonly allowInsecure?: boolean;
  readonly patience?: RetryPolicy;
  /** Longest silence of a service or the store. */
  readonly stallSeconds?: number;
  /** Told of every token, address and cookie as it is granted. */
  readonly redactor: Redactor;
}

/** Calls `use` with clients of the site's services, and closes their connections after it. */
export async function withServices<Result>(
  { site, account, redactor, allowInsecure, patience, stallSeconds }: ServicesOptions,
  use: (services: Services) => Promise<Result>,
): Promise<Result> {
  const { tokenUrl, clientId, scope } = site;
  const transport = createTransport({
    tokenUrl,
    apiRoots: [site.siteUrl, site.rdbRoot, site.auxipRoot, site.reprocessingRoot ?? []].flat(),
    allowInsecure,
    redactor,
    network: site.network,
    idleTimeoutSeconds: stallSeconds,
  });
  const tokens = createTokenSource({ transport, ...account, tokenUrl, clientId, scope, patience });
  const apiOptions = { transport, tokens, validate: problemsOf, patience };
  try {
    return await use({
      auxip: createAuxip({ ...apiOptions, root: site.auxipRoot, allowInsecure }),
      api: createApi(apiOptions),
      tokens,
      transport,
    });
  } finally {
    await transport.close();
  }
}
