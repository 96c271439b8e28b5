import { TUTORIAL_REQUEST } from '../sentinel/known-products';
import { CLIENT_ID, PRODUCTION_SITE, SERVICES, TOKEN_PATH } from '../services/services';
import { idOf } from '../contract-suite/collection/ids';

export interface EnvironmentValue {
  readonly key: string;
  readonly value: string;
  readonly type: 'default' | 'secret';
  readonly enabled: true;
}

/** A Postman environment file. */
export interface Environment {
  readonly id: string;
  readonly name: string;
  readonly values: readonly EnvironmentValue[];
  readonly _postman_variable_scope: 'environment';
}

/** Never written with a value: they are typed in, or come from the process (ADG_USER, ADG_PASSWORD). */
const SECRETS: readonly string[] = ['password', 'access_token'];

interface Site {
  readonly key: 'sandbox' | 'production';
  /** A name with the word "production" is never taken for a sandbox (services/sandbox-control.ts). */
  readonly name: string;
  readonly siteUrl: string;
  readonly downloadLimit: number;
}

const SITES: readonly Site[] = [
  // `auxflow sandbox --port 8080` matches it; `--env-var site_url=…` aims at any other.
  { key: 'sandbox', name: 'auxflow sandbox', siteUrl: 'http://127.0.0.1:8080', downloadLimit: 5 },
  { key: 'production', name: 'auxflow production', siteUrl: PRODUCTION_SITE, downloadLimit: 1 },
];

/**
 * Environments by file name (without `.postman_environment.json`): the variables of the workflow. Every root derives from `site_url`.
 * What only the contract suite needs is in its collection (contract-suite/collection-variables.ts).
 */
export function environments(): Map<string, Environment> {
  return new Map(SITES.map((site) => [site.key, environmentOf(site)]));
}

function environmentOf(site: Site): Environment {
  const roots = [SERVICES.rdb, SERVICES.auxip].map(
    (service) => [service.rootVariable, `{{site_url}}${service.path}`] as const,
  );
  const plain: (readonly [string, string])[] = [
    ['site_url', site.siteUrl],
    ...roots,
    ['access_token_url', `{{site_url}}${TOKEN_PATH}`],
    ['client_id', CLIENT_ID],
    ['grant_type', 'password'],
    ['scope', 'openid'],
    ['username', ''],
    ...SECRETS.map((secret) => [secret, ''] as const),
    ...Object.entries(TUTORIAL_REQUEST),
    ['download_limit', String(site.downloadLimit)],
  ];
  return {
    id: idOf('environment', site.key),
    name: site.name,
    values: plain.map(([key, value]) => ({
      key,
      value,
      type: SECRETS.includes(key) ? 'secret' : 'default',
      enabled: true,
    })),
    _postman_variable_scope: 'environment',
  };
}
