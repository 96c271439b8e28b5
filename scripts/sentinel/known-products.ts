/** Requests that the sandbox and production both know: the tutorial's own, and a few beside it. */

export const TUTORIAL_REQUEST = {
  mission: 'S3OLCI',
  unit: 'A',
  product_type: 'L2LFR',
  l0_names: 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  start: '2024-02-29T23:59:59Z',
  stop: '2024-03-02T00:00:00Z',
} as const;

/** Names that the data base of rdb.svc has and lacks, and an interval of a few products of the tutorial's mission and unit. */
export const BASELINE_SAMPLE = {
  known_l0: TUTORIAL_REQUEST.l0_names,
  unknown_l0: 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip',
  sample_start: '2024-03-01T00:00:00Z',
  sample_stop: '2024-03-01T01:30:00Z',
} as const;
