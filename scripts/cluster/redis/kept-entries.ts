import type { CampaignFile, SettledFile } from '../../campaign/campaign-file';
import type { LockedLevel0 } from '../../campaign/lock/needed-by';
import type { CallAnswer } from '../queue/answer-store';
import type { PlannedHead } from '../queue/campaign-store';
import type { Conclusion } from '../queue/conclusion';
import type { BaselineJob, TransferJob } from '../queue/open-queue';

/** Each kind of entry of Redis that is JSON. schemas/queue.schema.json is made of this: what does not fit it was damaged. */
export interface KeptEntries {
  readonly transfer?: TransferJob;
  readonly baseline?: BaselineJob;
  readonly plan?: PlannedHead;
  /** LongNames of ADF types, or Level-0 names. */
  readonly names?: readonly string[];
  readonly file?: CampaignFile;
  readonly level0?: LockedLevel0;
  readonly outcome?: SettledFile;
  readonly answer?: CallAnswer;
  readonly conclusion?: Conclusion;
}
