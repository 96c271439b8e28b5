import { BASELINE_SAMPLE } from '../sentinel/known-products';
import { CONTROL_PATH } from '../services/sandbox-control';
import { SERVICES } from '../services/services';
import { ADF_SAMPLE, INTERVAL_KNOWN, INTERVAL_SAMPLES, SELECTION_SAMPLES } from './sample-requests';

export interface CollectionVariable {
  readonly key: string;
  readonly value: string;
  readonly description: string;
}

const { path: reprocessingPath, rootVariable: reprocessingRoot } = SERVICES.reprocessing;

/** Key, value, and what it is for. */
const ROWS: readonly (readonly [key: string, value: string, description: string])[] = [
  [reprocessingRoot, `{{site_url}}${reprocessingPath}`, 'OData root of reprocessing.svc.'],
  ['profile', 'adg', '`adg`: the services as recorded; `icd`: an AUXIP after the official specification.'],
  ['intrusive', '', '`true` or `false`: whether requests that burden a service are sent. Empty: to a sandbox only.'],
  ['contract_seed', '', 'Draws what is looked at of the catalogue. Empty: the date (UTC).'],
  ['missing_id', '00000000-0000-4000-8000-000000000000', 'An id that no entry has.'],
  [
    'adf_sample',
    `(${ADF_SAMPLE.map((beginning) => `startswith(FullName,'${beginning}')`).join(' or ')})`,
    'Chooses the files that are read of `AuxFiles`.',
  ],
  ['known_l0', BASELINE_SAMPLE.known_l0, 'A Level-0 product that the data base of rdb.svc has.'],
  ['unknown_l0', BASELINE_SAMPLE.unknown_l0, 'The name of a Level-0 product that it lacks.'],
  ['sample_start', BASELINE_SAMPLE.sample_start, 'Start of an interval with a few products of `mission` and `unit`.'],
  ['sample_stop', BASELINE_SAMPLE.sample_stop, 'Its end.'],
  ['other_unit', 'B', 'A unit of the same mission.'],
  [
    'known_s1_l0',
    'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
    'A Level-0 product of Sentinel-1 A.',
  ],
  [
    'other_s1_l0',
    'S1B_IW_RAW__0SDV_20201102T205621_20201102T205654_024091_02DCC1_3897.SAFE.zip',
    'A Level-0 product of Sentinel-1 B.',
  ],
  [
    'known_s2_l0',
    'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar',
    'A Level-0 product of Sentinel-2 A.',
  ],
  ['selection_samples', SELECTION_SAMPLES.join('; '), 'What the selection rules are applied to: see its folder.'],
  [
    'interval_samples',
    INTERVAL_SAMPLES.join('; '),
    '`mission unit product_type start/stop`. A product type that does not exist makes short answers.',
  ],
  [
    'interval_known',
    INTERVAL_KNOWN.join('; '),
    'Level-0 products that lie in these intervals; behind those of Sentinel-2 the times of their data takes.',
  ],
  ['other_product_type', 'L1EFR', 'Another product type of the mission.'],
  ['middle_start', '2024-03-01T11:00:00Z', 'Around the middle of `start` and `stop`: the start of the second part.'],
  ['middle_stop', '2024-03-01T13:00:00Z', 'The stop of the first part, later than the start by more than a product.'],
  ['second_username', '', 'A second account, for faults that show between two callers.'],
  ['second_password', '', 'Its password.'],
  [
    'sandbox_control',
    `{{site_url}}${CONTROL_PATH}`,
    'Of a sandbox on this machine: moves its clock. Of any other site it is not used.',
  ],
  [
    'reporting_username',
    'operator',
    'An account with the role of operators. This one is asked of a sandbox only: put your own into the environment.',
  ],
  ['reporting_password', '{{password}}', 'Its password.'],
  [
    'roleless_username',
    'nobody',
    'An account without a role. This one is asked of a sandbox only: put your own into the environment.',
  ],
  ['roleless_password', '{{password}}', 'Its password.'],
  [
    'quota_run',
    '',
    'How many `$value` a sandbox with the documented quota grants in a row. Empty: the quota is not tested.',
  ],
];

/** The variables of the contract collection; those of an environment come before them. */
export const COLLECTION_VARIABLES: readonly CollectionVariable[] = ROWS.map(([key, value, description]) => ({
  key,
  value,
  description,
}));
