import type { SelectionRuleName } from './selection-rules';

/** What each rule selects, in words (rdb.md#selection-rules). */
export const RULE_WORDS: Readonly<Record<SelectionRuleName, string>> = {
  ValIntersectWithoutDuplicate: 'every file that overlaps the interval',
  LatestValIntersect: 'the most recently created file that overlaps the interval',
  ValCover: 'every file that covers the interval',
  LatestValCover: 'the most recently created file that covers the interval',
  LatestValidity: 'the file that starts last, whatever the interval',
  LatestValCoverLatestValidity:
    'the most recently created file that covers the interval, or else the file that starts last',
  LatestValidityClosest: 'the file that starts closest to the middle of the interval (the oldest in a tie)',
  BestCentredCover: 'the best-centred file that covers the interval',
  LatestValCoverClosest: 'the file that covers the interval and starts last (the oldest in a tie)',
  LargestOverlap: 'the file that covers the interval and starts last (the oldest in a tie)',
  LatestGeneration: 'the most recently created file, whatever the interval',
  ClosestStartValidity: 'the file that starts closest to the sensing start',
  ClosestStopValidity: 'the file that ends closest to the sensing stop',
  LatestStopValidity: 'the file that ends last, whatever the interval',
};
