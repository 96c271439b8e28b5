import type { SelectionRuleName } from './selection-rules';

/** The rules in words (rdb.md#selection-rules). */
export const RULE_WORDS: Readonly<Record<SelectionRuleName, string>> = {
  ValIntersectWithoutDuplicate: 'every file that touches the interval is chosen',
  LatestValIntersect: 'of the files that touch the interval the one created last is chosen',
  ValCover: 'every file that covers the interval is chosen',
  LatestValCover: 'of the files that cover the interval the one created last is chosen',
  LatestValidity: 'the file that begins last is chosen, whatever the interval',
  LatestValCoverLatestValidity:
    'of the files that cover the interval the one created last is chosen, else the one that begins last',
  LatestValidityClosest: 'the file that begins closest to the middle of the interval is chosen, of several the oldest',
  BestCentredCover: 'of the files that cover the interval the best centred is chosen',
  LatestValCoverClosest:
    'of the files that cover the interval the one that begins last is chosen, of several the oldest',
  LargestOverlap: 'of the files that cover the interval the one that begins last is chosen, of several the oldest',
  LatestGeneration: 'the file created last is chosen, whatever the interval',
  ClosestStartValidity: 'the file that begins closest to the sensing start is chosen',
  ClosestStopValidity: 'the file that ends closest to the sensing stop is chosen',
  LatestStopValidity: 'the file that ends last is chosen, whatever the interval',
};
