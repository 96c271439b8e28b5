/** The service's bookkeeping of `$value` requests (auxip.md#quota), step for step. */

export interface QuotaSettings {
  /** "GB" as the service counts them: bytes × 1e-8 must stay below. */
  readonly totalDownloads: number;
  readonly totalDownloadsPeriodDays: number;
  /** Length of a run of requests, each at most `parallelDownloadsDeltaSeconds` after the one granted before. */
  readonly parallelDownloads: number;
  readonly parallelDownloadsDeltaSeconds: number;
}

/** The repository's configuration: in practice without limits. */
export const CONFIGURED_QUOTA: QuotaSettings = {
  totalDownloads: 10_000,
  totalDownloadsPeriodDays: 8,
  parallelDownloads: 10_000,
  parallelDownloadsDeltaSeconds: 10,
};

/** What the documentation promises. */
export const DOCUMENTED_QUOTA: QuotaSettings = { ...CONFIGURED_QUOTA, totalDownloads: 1000, parallelDownloads: 5 };

interface Account {
  lastDownload: number;
  parallelCount: number;
  periodStart: number;
  volume: number;
  completed: number;
  failed: number;
}

/** `clock` in epoch milliseconds. */
export class QuotaLedger {
  private readonly accounts = new Map<string, Account>();

  constructor(
    private readonly settings: () => QuotaSettings,
    private readonly clock: () => number,
  ) {}

  /** Books one request for a file of `bytes`; false is a 429. */
  request(username: string, isDownloader: boolean, bytes: number): boolean {
    const now = this.clock();
    const account = this.account(username, now);
    const gap = now - account.lastDownload;
    // A clock that was set back, which only the sandbox's is, begins a new run.
    if (gap < 0 || gap > 1000 * this.settings().parallelDownloadsDeltaSeconds) {
      account.parallelCount = 0;
      account.lastDownload = now;
    }
    if (!this.isGranted(account, now, isDownloader)) {
      account.failed += 1;
      return false;
    }
    account.completed += 1;
    account.volume += bytes;
    account.parallelCount += 1;
    account.lastDownload = now;
    return true;
  }

  private isGranted(account: Account, now: number, isDownloader: boolean): boolean {
    const { totalDownloads, totalDownloadsPeriodDays, parallelDownloads } = this.settings();
    if (now > account.periodStart + totalDownloadsPeriodDays * 86_400_000) {
      account.volume = 0;
      account.periodStart = now;
      return true;
    }
    return isDownloader && account.volume * 1e-8 < totalDownloads && account.parallelCount < parallelDownloads;
  }

  private account(username: string, now: number): Account {
    const found = this.accounts.get(username) ?? newAccount(now);
    this.accounts.set(username, found);
    return found;
  }
}

function newAccount(now: number): Account {
  return { lastDownload: now, parallelCount: 0, periodStart: now, volume: 0, completed: 0, failed: 0 };
}
