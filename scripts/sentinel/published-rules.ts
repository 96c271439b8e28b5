/**
 * Where two publications disagree: the rule of a type in the list that reprocessing.svc was loaded with, and the retrieval modes in the
 * processors' own task tables (which spell some of them otherwise). Other types that a task table names have the same rule in both.
 */

/** LongName → retrieval modes of the task tables. */
export const TASK_TABLE_RULES: Readonly<Record<string, readonly string[]>> = {
  AUX_OBMEMC: ['LatestValCover'],
  OL_1_PCPBAX: ['LatestValIntersect'],
  OL_2_PCPBAX: ['LatestValIntersect'],
  OL_2_PLTBAX: ['LatestValIntersect'],
  S1__AUX_ICE: ['LatestValidityClosest', 'ClosestStartValidity'],
  S1__AUX_WAV: ['LatestValidityClosest', 'ClosestStartValidity'],
  S1__AUX_WND: ['LatestValidityClosest', 'ClosestStartValidity'],
  SL_1_PCPBAX: ['LatestValIntersect'],
  SL_1_PLTBAX: ['LatestValIntersect'],
  SL_1_VSC_AX: ['LatestValIntersect'],
  SL_2_PCPBAX: ['LatestValIntersect'],
  SL_2_PLTBAX: ['LatestValIntersect'],
  SR_2_RMO_AX: ['ValIntersect'],
  SR_2_SIC_AX: ['LatestStartValidity', 'LatestValIntersect'],
  SY_2_CVPBAX: ['LatestValIntersect'],
  SY_2_CVSBAX: ['LatestValIntersect'],
  SY_2_PCPBAX: ['LatestValIntersect'],
  SY_2_PLTBAX: ['LatestValIntersect'],
  SY_2_PVPBAX: ['LatestValIntersect'],
  SY_2_PVSBAX: ['LatestValIntersect'],
};
