/** Names of what auxflow keeps in Redis; one hash tag, so that scripts may use several of them on a cluster. */
const ROOT = '{auxflow}';

export const BULL_PREFIX = ROOT;
/** BullMQ's name of the queue of files. */
export const TRANSFERS = 'transfers';
/** Of the calls for baselines, apart: a call that waits for its turn must not keep a file from being fetched. */
export const BASELINES = 'baselines';

export const META = `${ROOT}:meta`;
/** Names of all campaigns. */
export const CAMPAIGNS = `${ROOT}:campaigns`;

export interface AccountKeys {
  /** Sorted set: every grant of the period by its time. */
  readonly grants: string;
  /** Sorted set: grants that were asked for and not answered, by the end of their lease. */
  readonly inFlight: string;
  /** Hash: `bytes` of all grants, `blockedUntil`, `refusals`. */
  readonly state: string;
}

/** @param account digest of site and user name, as the file ledger names its folder */
export function accountKeys(account: string): AccountKeys {
  const base = `${ROOT}:account:${account}`;
  return { grants: `${base}:grants`, inFlight: `${base}:in-flight`, state: `${base}:state` };
}

/** Held while some worker asks for the location of a file. */
export const fileKey = (id: string): string => `${ROOT}:file:${id}`;
/** A location that a worker was granted, encrypted, for whoever takes over. */
export const locationKey = (account: string, id: string): string => `${ROOT}:location:${account}:${id}`;

/** What a planner gathers before its campaign has a name. */
export const planningKeys = (id: string): { readonly names: string; readonly asked: string } => ({
  names: `${ROOT}:planning:${id}:names`,
  asked: `${ROOT}:planning:${id}:asked`,
});

export interface CampaignKeys {
  /** Hash: what is known beforehand, counts, revisions of what was written. */
  readonly facts: string;
  /** List of JSON rows in the order of the lock. */
  readonly files: string;
  readonly level0: string;
  /** List: Level-0 names of each baseline call, as JSON; only where workers ask for the baselines. */
  readonly asked: string;
  /** Hash: place in `asked` → what the call was answered with, as JSON. */
  readonly answers: string;
  /** Hash: id of a file → its row of the lock, as JSON, while baselines are still asked for. */
  readonly found: string;
  /** Hash: id of a file → its state. */
  readonly states: string;
  /** Hash: id of a file → what has become of it, as JSON. */
  readonly outcomes: string;
  /** Hash: what baselines lack, a code and an ADF type → Level-0 products that it concerns. */
  readonly findings: string;
  /** Lease of the process that writes the lists. */
  readonly writer: string;
  /** Counts elections: the fencing token. */
  readonly term: string;
}

export function campaignKeys(campaign: string): CampaignKeys {
  const base = `${ROOT}:campaign:${campaign}`;
  return {
    facts: `${base}:facts`,
    files: `${base}:files`,
    level0: `${base}:level0`,
    asked: `${base}:asked`,
    answers: `${base}:answers`,
    found: `${base}:found`,
    states: `${base}:states`,
    outcomes: `${base}:outcomes`,
    findings: `${base}:findings`,
    writer: `${base}:writer`,
    term: `${base}:term`,
  };
}
