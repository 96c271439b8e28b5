/** What names and rules say, without any service: names of Level-0 products and auxiliary files, missions, the rules that choose files. */
export {
  LEVEL0_NAME_PATTERN,
  missionsOfLevel0,
  parseLevel0Name,
  sensingTimes,
  type Level0Name,
} from '../sentinel/level0-name';
export { ADF_NAME_PATTERN, missionOfAdf, parseAdfName, type AdfName } from '../sentinel/adf-name';
export { isWanted, typesOfMission, type AdfType } from '../sentinel/adf-types';
export { MISSION_NAMES, missionsMaking, productTypesOf, UNITS } from '../sentinel/missions';
export { publishedDeltas } from '../sentinel/published-deltas';
export { publishedTypes } from '../sentinel/published-types';
export { chooseFiles, selectAdfs, NO_DELTAS, type AdfFile, type Deltas } from '../sentinel/select-adfs';
export {
  applyRule,
  RULES,
  SELECTION_RULE_NAMES,
  type SelectionRuleName,
  type Sensing,
  type Validity,
} from '../sentinel/selection-rules';
