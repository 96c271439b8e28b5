import { CLIENT_ID, PRODUCTION_SITE, SERVICES, TOKEN_PATH } from '../contract/services';
import { idOf } from './ids';

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
const SECRETS = ['password', 'access_token'] as const;

/** The tutorial's own request; the sandbox and production both know it. */
const TUTORIAL_REQUEST = {
  mission: 'S3OLCI',
  unit: 'A',
  product_type: 'L2LFR',
  l0_names: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  start: '2024-02-29T23:59:59Z',
  stop: '2024-03-02T00:00:00Z',
};

/** What the service contract reads of the catalogue: few enough entries for one page, of several types. */
const CONTRACT = {
  profile: 'adg',
  catalogue_sample: "(startswith(Name,'S3A_OL_') or startswith(Name,'S3A_SY_'))",
  // rdb.svc: names that its data base has and lacks, and an interval of a few products of the mission and unit above.
  known_l0: TUTORIAL_REQUEST.l0_names,
  unknown_l0: 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip',
  sample_start: '2024-03-01T00:00:00Z',
  sample_stop: '2024-03-01T01:30:00Z',
  other_unit: 'B',
  other_product_type: 'L1EFR',
};

interface Site {
  readonly key: 'sandbox' | 'production';
  readonly name: string;
  readonly siteUrl: string;
  readonly downloadLimit: number;
}

const SITES: readonly Site[] = [
  // `auxflow sandbox --port 8080` matches it; `--env-var site_url=…` aims at any other.
  { key: 'sandbox', name: 'auxflow sandbox', siteUrl: 'http://127.0.0.1:8080', downloadLimit: 5 },
  { key: 'production', name: 'auxflow production', siteUrl: PRODUCTION_SITE, downloadLimit: 1 },
];

/** Environments by file name (without `.postman_environment.json`). Every root derives from `site_url`. */
export function environments(): Map<string, Environment> {
  return new Map(SITES.map((site) => [site.key, environmentOf(site)]));
}

function environmentOf(site: Site): Environment {
  const roots = Object.values(SERVICES).map(
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
    ...Object.entries(CONTRACT),
  ];
  return {
    id: idOf('environment', site.key),
    name: site.name,
    values: plain.map(([key, value]) => ({ key, value, type: isSecret(key) ? 'secret' : 'default', enabled: true })),
    _postman_variable_scope: 'environment',
  };
}

const isSecret = (key: string): boolean => (SECRETS as readonly string[]).includes(key);
