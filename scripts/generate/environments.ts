import { CLIENT_ID, PRODUCTION_SITE, SERVICES, TOKEN_PATH } from '../services/services';
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
const SECRETS = ['password', 'access_token', 'second_password'] as const;

/** The tutorial's own request; the sandbox and production both know it. */
const TUTORIAL_REQUEST = {
  mission: 'S3OLCI',
  unit: 'A',
  product_type: 'L2LFR',
  l0_names: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  start: '2024-02-29T23:59:59Z',
  stop: '2024-03-02T00:00:00Z',
};

/** Mission, unit, product type, and a Level-0 product or an interval; for Sentinel-2 with the time of its data take. */
/** Product types and names of no product: unit B has files of its own. */
const OF_UNIT_B = [
  ['S1SAR', 'L1SLC L1GRD L2OCN', 'S1B_IW_RAW__0SDV_20201102T205621_20201102T205654_024091_02DCC1_3897.SAFE.zip'],
  ['S2MSI', 'L1C L1A L1B L2A', 'S2B_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar'],
  [
    'S3OLCI',
    'L2LFR L1EFR L2LRR L1ERR',
    'S3B_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  ],
  [
    'S3SLSTR',
    'L1RBT L2LST L2FRP',
    'S3B_SL_0_SLT____20240301T000311_20240301T000811_20240301T011407_0299_109_301______PS1_O_NR_002.SEN3.zip',
  ],
  [
    'S3SRAL',
    'L2LAN L1SRA L1CAL',
    'S3B_SR_0_SRA____20240301T000311_20240301T001311_20240301T011407_0599_109_301______PS1_O_NR_002.SEN3.zip',
  ],
  [
    'S3MWR',
    'L1MWR L1CAL',
    'S3B_MW_0_MWR____20240301T010412_20240301T024511_20240301T025430_6058_109_302______PS1_O_NR_002.SEN3.zip',
  ],
  [
    'S3SYN',
    'L2 L1MISR',
    'S3B_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  ],
].flatMap(([mission = '', types = '', name = '']) => types.split(' ').map((type) => `${mission} B ${type} ${name}`));

const SELECTION_SAMPLES = [
  'S3OLCI A L2LFR 2024-03-01T10:00:00Z/2024-03-01T13:00:00Z',
  `S3OLCI A L1EFR ${TUTORIAL_REQUEST.l0_names}`,
  'S3SLSTR A L1RBT S3A_SL_0_SLT____20240301T000311_20240301T000811_20240301T011407_0299_109_301______PS1_O_NR_002.SEN3.zip',
  'S3SRAL A L2LAN S3A_SR_0_SRA____20240301T000311_20240301T001311_20240301T011407_0599_109_301______PS1_O_NR_002.SEN3.zip',
  'S3SRAL A L1SRA S3A_SR_0_SRA____20240301T001311_20240301T002311_20240301T011416_0599_109_301______PS1_O_NR_002.SEN3.zip',
  'S3MWR A L1MWR S3A_MW_0_MWR____20240301T010412_20240301T024511_20240301T025430_6058_109_302______PS1_O_NR_002.SEN3.zip',
  `S3SYN A L2 ${TUTORIAL_REQUEST.l0_names}`,
  'S1SAR A L1SLC S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  'S1SAR A L2OCN S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  'S2MSI A L1C S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar 20210301T001714',
  'S3SLSTR A L2LST S3A_SL_0_SLT____20240301T000311_20240301T000811_20240301T011407_0299_109_301______PS1_O_NR_002.SEN3.zip',
  'S3SLSTR A L2FRP S3A_SL_0_SLT____20240301T000311_20240301T000811_20240301T011407_0299_109_301______PS1_O_NR_002.SEN3.zip',
  'S1SAR A L1GRD S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  'S2MSI A L2A S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar 20210301T001714',
  // Over midnight.
  'S3OLCI A L2LFR 2024-02-29T23:00:00Z/2024-03-01T01:30:00Z',
  // Before the files of today were made, and before they begin to hold.
  'S2MSI A L1C S2A_OPER_MSI_L0__DS_SGS__20150801T120000_S20150801T100000_N01.00.tar',
  // Names of no product. Of files that begin every 101 minutes another is closest to the middle of this one than to its start;
  'S3SLSTR A L1RBT S3A_SL_0_SLT____20240301T023000_20240301T034000_20240301T045000_4199_109_303______PS1_O_NR_002.SEN3.zip',
  // the times of these lie where forecasts, analyses and orbits begin and end.
  'S3OLCI A L2LFR S3A_OL_0_EFR____20240301T090000_20240301T090200_20240301T103000_0119_109_306______PS1_O_NR_002.SEN3.zip',
  'S3OLCI A L1EFR S3A_OL_0_EFR____20240301T175800_20240301T180000_20240301T193000_0119_109_312______PS1_O_NR_002.SEN3.zip',
  'S3OLCI A L2LFR S3A_OL_0_EFR____20240229T215942_20240229T220142_20240229T233000_0119_109_300______PS1_O_NR_002.SEN3.zip',
  'S3OLCI A L1EFR S3A_OL_0_EFR____20240301T235742_20240301T235942_20240302T013000_0119_109_315______PS1_O_NR_002.SEN3.zip',
  'S3MWR A L1MWR S3A_MW_0_MWR____20240301T085900_20240301T210100_20240301T223000_6058_109_306______PS1_O_NR_002.SEN3.zip',
  'S1SAR A L2OCN S1A_IW_RAW__0SDV_20201102T180000_20201102T180033_035072_0417A0_0000.SAFE.zip',
  'S1SAR A L1SLC S1A_IW_RAW__0SDH_20201101T225942_20201101T230015_035061_041740_0000.SAFE.zip',
  'S2MSI A L1C S2A_OPER_MSI_L0__DS_EPAE_20210301T120000_S20210301T090000_N02.09.tar',
  // The product types that are left, of products that are asked for above: only what they need besides is looked at anew.
  'S3OLCI A L2LRR 2024-03-01T10:00:00Z/2024-03-01T13:00:00Z',
  `S3OLCI A L1ERR ${TUTORIAL_REQUEST.l0_names}`,
  `S3SYN A L1MISR ${TUTORIAL_REQUEST.l0_names}`,
  'S3SRAL A L1CAL S3A_SR_0_SRA____20240301T001311_20240301T002311_20240301T011416_0599_109_301______PS1_O_NR_002.SEN3.zip',
  'S3MWR A L1CAL S3A_MW_0_MWR____20240301T010412_20240301T024511_20240301T025430_6058_109_302______PS1_O_NR_002.SEN3.zip',
  'S2MSI A L1A S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar 20210301T001714',
  'S2MSI A L1B S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar 20210301T001714',
  ...OF_UNIT_B,
];

/** `mission unit product_type start/stop`: a product type that does not exist makes short answers. */
const INTERVAL_SAMPLES = [
  'S1SAR A auxflow-no-such-type 2020-11-02T20:29:00Z/2020-11-02T20:36:00Z',
  'S2MSI A auxflow-no-such-type 2021-03-01T00:00:00Z/2021-03-01T23:00:00Z',
  'S3OLCI A auxflow-no-such-type 2024-02-29T22:00:00Z/2024-03-01T02:00:00Z',
  'S3SLSTR A auxflow-no-such-type 2024-02-29T22:00:00Z/2024-03-01T02:00:00Z',
  'S3SRAL A auxflow-no-such-type 2024-02-29T22:00:00Z/2024-03-01T02:00:00Z',
  'S3MWR A auxflow-no-such-type 2024-02-29T18:00:00Z/2024-03-01T06:00:00Z',
];

/** Products that lie in them. */
const INTERVAL_KNOWN = [
  'S1A_IW_RAW__0SDV_20201102T202913_20201102T202946_035074_0417B3_4137.SAFE.zip',
  'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar',
  TUTORIAL_REQUEST.l0_names,
  'S3A_SL_0_SLT____20240301T000311_20240301T000811_20240301T011407_0299_109_301______PS1_O_NR_002.SEN3.zip',
  'S3A_SR_0_SRA____20240301T000311_20240301T001311_20240301T011407_0599_109_301______PS1_O_NR_002.SEN3.zip',
  'S3A_MW_0_MWR____20240301T010412_20240301T024511_20240301T025430_6058_109_302______PS1_O_NR_002.SEN3.zip',
];

/** What the service contract reads of `AuxFiles`: few files, of several missions, units and bands, some valid for days only. */
const ADF_SAMPLE = [
  ...['S1A_AUX_PP1', 'S1A_AUX_CAL', 'S1A_AUX_INS', 'S1B_AUX_INS', 'S2A_OPER_GIP_R2DENT', 'S2A_OPER_GIP_PROBAS'],
  ...['S3A_OL_2_', 'S3A_SR_2_PCPPAX_20240', 'S3A_SR_1_USO_AX_20160223T195017_20240', 'S3A_MW_1_SLC_AX', 'S3A_MW___'],
  ...['S3A_AX___OSF_AX_20160216T192404', 'S3__AX___CST_AX', 'S3__AX___LWM_AX', 'S3__AX___OOM_AX'],
  ...['S3__AX___MFA_AX_20240302', 'S3__AX___MF2_AX_20240302'],
];

const CONTRACT = {
  profile: 'adg',
  /** An id that no entry has. */
  missing_id: '00000000-0000-4000-8000-000000000000',
  /** Draws what is looked at of the catalogue; the date (UTC) where it is empty. */
  contract_seed: '',
  adf_sample: `(${ADF_SAMPLE.map((beginning) => `startswith(FullName,'${beginning}')`).join(' or ')})`,
  // rdb.svc: names that its data base has and lacks, and an interval of a few products of the mission and unit above.
  known_l0: TUTORIAL_REQUEST.l0_names,
  unknown_l0: 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip',
  sample_start: '2024-03-01T00:00:00Z',
  sample_stop: '2024-03-01T01:30:00Z',
  other_unit: 'B',
  known_s1_l0: 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
  other_s1_l0: 'S1B_IW_RAW__0SDV_20201102T205621_20201102T205654_024091_02DCC1_3897.SAFE.zip',
  known_s2_l0: 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar',
  // A second account, for quirks that show between two callers; its password is second_password.
  second_username: '',
  selection_samples: SELECTION_SAMPLES.join('; '),
  interval_samples: INTERVAL_SAMPLES.join('; '),
  interval_known: INTERVAL_KNOWN.join('; '),
  other_product_type: 'L1EFR',
  // Around the middle of start and stop, further apart than a product is long.
  middle_start: '2024-03-01T11:00:00Z',
  middle_stop: '2024-03-01T13:00:00Z',
};

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
  /** Whether requests may be sent that cost the service something; empty: those of a sandbox may. */
  readonly intrusive: string;
}

const SITES: readonly Site[] = [
  // `auxflow sandbox --port 8080` matches it; `--env-var site_url=…` aims at any other.
  {
    key: 'sandbox',
    name: 'auxflow sandbox',
    siteUrl: 'http://127.0.0.1:8080',
    downloadLimit: 5,
    intrusive: '',
  },
  {
    key: 'production',
    name: 'auxflow production',
    siteUrl: PRODUCTION_SITE,
    downloadLimit: 1,
    intrusive: 'false',
  },
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
    ['intrusive', site.intrusive],
  ];
  return {
    id: idOf('environment', site.key),
    name: site.name,
    values: plain.map(([key, value]) => ({ key, value, type: isSecret(key) ? 'secret' : 'default', enabled: true })),
    _postman_variable_scope: 'environment',
  };
}

const isSecret = (key: string): boolean => (SECRETS as readonly string[]).includes(key) || key.endsWith('_password');
