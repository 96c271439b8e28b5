import { toError, type AuxflowError } from '../../errors/errors';
import { campaignNames } from '../queue/campaign-store';
import type { TransferQueue } from '../queue/open-queue';
import { queueError } from '../redis/connection';
import { election } from '../writer/election';
import { campaignWriter, type CampaignWriter } from '../writer/write-lists';
import { CONCERNS_CAMPAIGN, type CampaignTargets } from './campaign-targets';

export interface WriteCampaignsOptions {
  readonly queue: TransferQueue;
  readonly targets: CampaignTargets;
  /** Of this process. */
  readonly id: string;
  /** Milliseconds. */
  readonly lease: number;
  /** Told what only all baseline calls of a campaign together show, and what is damaged. */
  readonly onErrors: (errors: readonly AuxflowError[]) => void;
}

/** Milliseconds between two looks for news, and what writing may take of the time. */
const LOOK_AGAIN = 1000;
const PAUSE_FACTOR = 20;

export interface CampaignWriting {
  /**
   * Ends it with what there is left to write. Whoever was elected may have died: where this worker is patient, that lease is waited for, and
   * a store that errs is tried again until then. Returns why lists could not be written at last.
   */
  finish(how: { readonly isPatient: boolean }): Promise<AuxflowError | undefined>;
}

interface Looked {
  /** Nothing is left to write. */
  readonly isDone: boolean;
  /** Why something is left; of a campaign whose place is another's, or that is damaged, which keeps no other from its lists. */
  readonly refused?: AuxflowError;
}

async function lookAtEach(
  campaigns: readonly string[],
  look: (campaign: string) => Promise<boolean>,
  queue: string,
): Promise<Looked> {
  let isDone = true;
  let refused: AuxflowError | undefined;
  for (const campaign of campaigns) {
    try {
      isDone = (await look(campaign)) && isDone;
    } catch (error) {
      refused = toError(queueError(error, queue));
      if (!CONCERNS_CAMPAIGN.has(refused.code)) throw error;
    }
  }
  return { isDone, refused };
}

/** Runs beside the transfers: whoever is elected writes the lists of each campaign. */
export function writeCampaigns({ queue, targets, id, lease, onErrors }: WriteCampaignsOptions): CampaignWriting {
  const writers = new Map<string, CampaignWriter>();
  let isEnding = false;
  const hasEnded = (): boolean => isEnding;
  let wake: () => void = () => undefined;

  async function lookAt(campaign: string): Promise<boolean> {
    const writer = writers.get(campaign) ?? (await open(campaign));
    writers.set(campaign, writer);
    return writer.look();
  }
  const lookAtAll = async (): Promise<Looked> => lookAtEach(await campaignNames(queue.redis), lookAt, queue.address);

  async function open(campaign: string): Promise<CampaignWriter> {
    const { lists } = await targets.of(campaign);
    return campaignWriter(queue.redis, campaign, election(queue.redis, campaign, id, lease), lists, onErrors);
  }

  async function loop(): Promise<void> {
    while (!hasEnded()) {
      const since = performance.now();
      // A target that cannot be written fails the transfers as well, with a better sentence.
      const looked = await lookAtAll().catch(() => undefined);
      if (looked?.refused?.code === 'QUEUE_DAMAGED') onErrors([looked.refused]);
      // Whoever ended this meanwhile has woken nobody.
      if (hasEnded()) return;
      const pause = Math.max(LOOK_AGAIN, PAUSE_FACTOR * (performance.now() - since));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async function lookUntilDone(isPatient: boolean): Promise<AuxflowError | undefined> {
    const until = performance.now() + (isPatient ? 2 * lease : 0);
    for (;;) {
      const { isDone, refused } = await lookAtAll().catch((error: unknown): Looked => {
        return { isDone: false, refused: toError(queueError(error, queue.address)) };
      });
      if (isDone || performance.now() >= until) return refused;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    }
  }

  const looping = loop();
  return {
    async finish({ isPatient }) {
      isEnding = true;
      wake();
      await looping;
      const error = await lookUntilDone(isPatient);
      // Where Redis does not take it, the lease ends by itself.
      await Promise.all([...writers.values()].map((writer) => writer.resign().catch(() => undefined)));
      return error;
    },
  };
}
