/** The shared ledger as plain data: what the scripts in Redis are compared with, and what the simulation runs on. */
import { Readable } from 'node:stream';
import {
  LEASE,
  PROMPT,
  restAfter,
  type AccountUse,
  type GrantRequest,
  type LedgerRules,
  type Reservation,
  type Reserved,
  type SharedLedger,
} from '../../scripts/cluster/ledger/shared-ledger';
import type { Grant } from '../../scripts/download/quota';

interface Booked extends Grant {
  readonly grant: string;
  at: number;
  /** When it was reserved, as long as nothing tells better when it was granted. */
  opened?: number;
  /** End of the lease while it is in flight. */
  leaseEnd?: number;
}

interface Account {
  grants: Booked[];
  refusals: number;
  blockedUntil: number;
}

export interface MemoryLedgerOptions {
  readonly rules: LedgerRules;
  readonly clock: () => number;
  readonly lease?: number;
}

export function createMemoryLedger({ rules, clock, lease = LEASE }: MemoryLedgerOptions): SharedLedger {
  const accounts = new Map<string, Account>();
  const held = new Map<string, { until: number; grant: string }>();
  let counter = 0;

  const accountOf = (name: string): Account => {
    const found = accounts.get(name) ?? { grants: [], refusals: 0, blockedUntil: 0 };
    accounts.set(name, found);
    return found;
  };
  const tidied = (name: string): Account => {
    const account = accountOf(name);
    for (const booked of account.grants)
      if (booked.leaseEnd !== undefined && booked.leaseEnd <= clock()) {
        booked.at = booked.leaseEnd;
        booked.leaseEnd = undefined;
      }
    account.grants = account.grants
      .filter(({ at }) => at > clock() - rules.period)
      .sort((a, b) => a.at - b.at || (a.grant < b.grant ? -1 : 1));
    return account;
  };
  const volumeOf = (account: Account): number => account.grants.reduce((sum, { bytes }) => sum + bytes, 0);

  function room(account: Account, bytes: number): number {
    let [files, volume, free] = [account.grants.length, volumeOf(account), clock()];
    if (bytes > rules.bytes || rules.files < 1) return Infinity;
    for (const grant of account.grants) {
      if (files < rules.files && volume + bytes <= rules.bytes) break;
      [files, volume, free] = [files - 1, volume - grant.bytes, grant.at + rules.period];
    }
    return free;
  }

  function pace(account: Account): number {
    const now = clock();
    const pause = rules.pause * 1000;
    const spans = account.grants
      .map(({ at, leaseEnd, opened }) => ({ ended: leaseEnd === undefined ? at : now, opened: opened ?? at }))
      .sort((a, b) => b.ended - a.ended);
    const [last] = spans;
    if (!last) return now;
    let [run, edge] = [0, last.ended];
    for (const { ended, opened } of spans) {
      if (run >= rules.inARun || edge - ended > pause) break;
      [run, edge] = [run + 1, Math.min(edge, opened)];
    }
    return run < rules.inARun ? now : last.ended + pause;
  }

  function find({ account, grant }: Reservation): Booked | undefined {
    return accountOf(account).grants.find((booked) => booked.grant === grant);
  }
  const letGo = ({ file, grant }: Reservation): void => {
    if (held.get(file)?.grant === grant) held.delete(file);
  };
  const giveBack = (reservation: Reservation): void => {
    const account = accountOf(reservation.account);
    account.grants = account.grants.filter(({ grant }) => grant !== reservation.grant);
    letGo(reservation);
  };

  function reserve(file: string, bytes: number, names: readonly string[]): Reserved {
    const now = clock();
    const holder = held.get(file);
    if (holder && holder.until > now) return { state: 'wait', why: 'busy', milliseconds: holder.until - now };
    let [chosen, least, why, soonest] = ['', Infinity, 'budget' as 'budget' | 'pace' | 'refused', Infinity];
    for (const name of names) {
      const account = tidied(name);
      const times = { pace: pace(account), refused: account.blockedUntil, budget: room(account, bytes) };
      let [from, reason] = [now, 'pace' as typeof why];
      for (const key of ['pace', 'refused', 'budget'] as const)
        if (times[key] > from) [from, reason] = [times[key], key];
      if (from > now) {
        if (from < soonest) [soonest, why] = [from, reason];
      } else if (volumeOf(account) < least) [chosen, least] = [name, volumeOf(account)];
    }
    if (chosen === '') return { state: 'wait', why, milliseconds: Math.ceil(soonest - now) };
    const grant = `${file}|${bytes}|${++counter}`;
    accountOf(chosen).grants.push({ at: now, id: file, bytes, grant, leaseEnd: now + lease, opened: now });
    held.set(file, { until: now + lease, grant });
    return { state: 'granted', reservation: { account: chosen, file, grant } };
  }

  const steps = {
    reserve: ({ file, bytes, accounts: names }: GrantRequest): Reserved => reserve(file, bytes, names),
    renew(reservation: Reservation): boolean {
      const booked = find(reservation);
      if (booked?.leaseEnd === undefined || booked.leaseEnd <= clock()) return false;
      booked.leaseEnd = clock() + lease;
      const holder = held.get(reservation.file);
      if (holder?.grant === reservation.grant) holder.until = clock() + lease;
      return true;
    },
    commit(reservation: Reservation): boolean {
      const booked = find(reservation);
      if (booked) {
        booked.at = clock();
        if (booked.opened !== undefined && clock() - booked.opened <= PROMPT) booked.opened = undefined;
        booked.leaseEnd = undefined;
      }
      const account = accountOf(reservation.account);
      [account.refusals, account.blockedUntil] = [0, 0];
      letGo(reservation);
      return booked !== undefined;
    },
    release(reservation: Reservation): boolean {
      giveBack(reservation);
      return true;
    },
    refuse(reservation: Reservation): number {
      giveBack(reservation);
      const account = accountOf(reservation.account);
      if (account.blockedUntil > clock()) return account.blockedUntil - clock();
      account.refusals += 1;
      account.blockedUntil = clock() + restAfter(account.refusals, rules);
      return restAfter(account.refusals, rules);
    },
    use(name: string): AccountUse {
      const account = tidied(name);
      const inFlight = account.grants.filter(({ leaseEnd }) => leaseEnd !== undefined).length;
      const restsFor = Math.max(0, account.blockedUntil - clock());
      return { files: account.grants.length, bytes: volumeOf(account), inFlight, restsFor };
    },
    grants: (name: string): Grant[] => tidied(name).grants.map(({ at, id, bytes }) => ({ at, id, bytes })),
    add(name: string, grants: readonly Grant[]): number {
      const account = accountOf(name);
      const known = new Set(account.grants.map(({ grant }) => grant));
      const fresh = grants.map((grant) => ({ ...grant, grant: `${grant.id}|${grant.bytes}|at-${grant.at}` }));
      const added = fresh.filter(({ grant }) => !known.has(grant));
      account.grants.push(...added);
      return added.length;
    },
  };

  return {
    reserve: (request) => Promise.resolve(steps.reserve(request)),
    renew: (reservation) => Promise.resolve(steps.renew(reservation)),
    commit: (reservation) => Promise.resolve(steps.commit(reservation)).then(() => undefined),
    release: (reservation) => Promise.resolve(steps.release(reservation)).then(() => undefined),
    refuse: (reservation) => Promise.resolve(steps.refuse(reservation)),
    use: (account) => Promise.resolve(steps.use(account)),
    grants: (account) => Readable.from(steps.grants(account)),
    add: (account, grants) => Promise.resolve(steps.add(account, grants)),
  };
}
