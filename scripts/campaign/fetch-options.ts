import type { RequestWords } from './request/baseline-request';
import type { PerLevel0Form } from './per-level0';
import type { Layout } from '../download/layout';
import type { QuotaOptions } from '../download/quota-settings';
import type { CampaignLock } from './lock/campaign-lock';
import type { S3Options } from '../target/s3-client';
import type { SiteOptions } from '../session/site-session';
import type { CommandContext } from '../session/context';

export interface FetchOptions extends SiteOptions, QuotaOptions, S3Options {
  readonly words: RequestWords;
  /** Given as an argument, as the reference script takes it: others can see it. */
  readonly password?: string;
  /** `list` and `plan` ask for no file; `list` names them all. */
  readonly mode: 'fetch' | 'list' | 'plan';
  /** Path of a lock: its files, instead of a request. */
  readonly frozen?: string;
  readonly out?: string;
  /** Default: what the folder or the frozen lock has, else flat. */
  readonly layout?: Layout;
  /** Archives are unpacked next to themselves. Default: what the folder or the frozen lock has. */
  readonly unpack?: boolean;
  /** What stands below `per-l0/` for each Level-0 product; nothing when absent. */
  readonly perL0?: PerLevel0Form;
  readonly reports: string;
  readonly parallel: number;
  /** Seconds of silence after which a transfer is begun again. */
  readonly stallTimeout?: number;
  /** Bytes per second: a transfer that is slower for as long as `stallTimeout` is begun again where it was. */
  readonly minRate?: number;
  readonly failOnEmpty: boolean;
  /** Level-0 names that the service does not know are errors. */
  readonly strictL0?: boolean;
  /** LongNames of ADF types that may be missing. */
  readonly allowMissing?: readonly string[];
  /** Files are queued in place of being fetched here. */
  readonly enqueue?: Enqueue;
}

/** Takes a campaign as its lock has it, all its files wanted. */
export type Enqueue = (lock: CampaignLock, context: CommandContext) => Promise<void>;
