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

/** What the service contract reads of `AuxFiles`: few files, of several missions, units and bands, some valid for days only. */
const ADF_SAMPLE = [
  ...['S1A_AUX_PP1', 'S1A_AUX_CAL', 'S1A_AUX_INS', 'S2A_OPER_GIP_R2DENT', 'S2A_OPER_GIP_PROBAS', 'S1B_AUX_INS'],
  ...['S3A_OL_2_', 'S3A_SR_2_PCPPAX_20240', 'S3A_SR_1_USO_AX_20160223T195017_20240', 'S3A_MW_1_SLC_AX', 'S3A_MW___', 'S3A_AX___OSF_AX_20160216T192404'],
  ...['S3__AX___CST_AX', 'S3__AX___LWM_AX', 'S3__AX___OOM_AX'],
];

/** What the service contract reads of the catalogue: few enough entries for one page, of several types. */
const CONTRACT = {
  profile: 'adg',
  catalogue_sample: "(startswith(Name,'S3A_OL_') or startswith(Name,'S3A_SY_'))",
  adf_sample: startOf('FullName', ADF_SAMPLE),
};

/** A filter for names that begin in one of these ways. */
function startOf(property: string, beginnings: readonly string[]): string {
  return `(${beginnings.map((beginning) => `startswith(${property},'${beginning}')`).join(' or ')})`;
}

/** Only of the sandbox, whose accounts are no secret: what needs other roles, or the clock moved. */
const CONTRACT_OF_SANDBOX = {
  sandbox_control: '{{site_url}}/sandbox',
  reporting_username: 'operator',
  reporting_password: '{{password}}',
  roleless_username: 'nobody',
  roleless_password: '{{password}}',
  quota_run: '',
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
    ...Object.entries(CONTRACT_OF_SANDBOX).map(([key, value]) => [key, site.key === 'sandbox' ? value : ''] as const),
  ];
  return {
    id: idOf('environment', site.key),
    name: site.name,
    values: plain.map(([key, value]) => ({ key, value, type: isSecret(key) ? 'secret' : 'default', enabled: true })),
    _postman_variable_scope: 'environment',
  };
}

const isSecret = (key: string): boolean => (SECRETS as readonly string[]).includes(key) || key.endsWith('_password');
