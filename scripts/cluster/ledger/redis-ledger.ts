import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Failure } from '../../errors/errors';
import { inGroups } from '../../lib/in-groups';
import type { Grant } from '../../download/quota';
import { DamagedEntry } from '../redis/kept-json';
import { accountKeys, fileKey, META } from '../redis/keys';
import { ADD, COMMIT, GIVE_BACK, RENEW, RESERVE, USE } from './scripts';
import {
  LEASE,
  PROMPT,
  restAfter,
  type LedgerRules,
  type Reservation,
  type Reserved,
  type SharedLedger,
} from './shared-ledger';

export interface RedisLedgerOptions {
  readonly redis: Redis;
  readonly rules: LedgerRules;
  /** Grants are refused where Redis has forgotten it, and the ledger with it. */
  readonly queue?: { readonly id: string; readonly address: string };
  /** Milliseconds. */
  readonly lease?: number;
  /** In the place of Redis' own clock: tests move it. Epoch milliseconds. */
  readonly clock?: () => number;
}

/** What Lua can hold exactly, for limits that there are not. */
const NO_LIMIT = 2 ** 52;
const REFUSALS_TOLD = 8;
const PAGE = 1000;

/** The ledger in Redis: each step one script. @throws Failure QUEUE_LOST (reserve); all methods: errors of the connection as they come */
export function createRedisLedger({ redis, rules, queue, lease = LEASE, clock }: RedisLedgerOptions): SharedLedger {
  const now = (): string => (clock ? String(clock()) : '');
  const limits = [rules.inARun, rules.pause * 1000, rules.files, rules.bytes].map((limit) => Math.min(limit, NO_LIMIT));
  const rests = Array.from({ length: REFUSALS_TOLD }, (_, index) => restAfter(index + 1, rules));
  const run = scriptRunner(redis);

  const keysOf = ({ account, file }: Reservation): string[] => [fileKey(file), ...listOf(account)];

  return {
    async reserve({ file, bytes, accounts }) {
      const keys = [fileKey(file), ...accounts.flatMap(listOf), META];
      const values = [now(), ...limits, rules.period, lease, file, bytes, randomBytes(9).toString('base64url')];
      values.push(queue?.id ?? '');
      const answer = await run(RESERVE, keys, values);
      if (queue && isLost(answer)) throw new Failure({ code: 'QUEUE_LOST', queue: queue.address });
      return reservedOf(answer, file, accounts);
    },
    async renew(reservation) {
      return (await run(RENEW, keysOf(reservation), [now(), reservation.grant, lease])) === 1;
    },
    async commit(reservation) {
      await run(COMMIT, keysOf(reservation), [now(), reservation.grant, PROMPT]);
    },
    async release(reservation) {
      await run(GIVE_BACK, keysOf(reservation), [now(), reservation.grant]);
    },
    async refuse(reservation) {
      return Number(await run(GIVE_BACK, keysOf(reservation), [now(), reservation.grant, ...rests]));
    },
    async use(account) {
      const [files = 0, bytes = 0, inFlight = 0, restsFor = 0] = numbersOf(
        await run(USE, listOf(account), [now(), rules.period]),
      );
      return { files, bytes, inFlight, restsFor };
    },
    async *grants(account) {
      const { grants } = accountKeys(account);
      for (let from = 0; ; from += PAGE) {
        const page = await redis.zrange(grants, String(from), String(from + PAGE - 1), 'WITHSCORES');
        if (page.length === 0) return;
        for (let place = 0; place < page.length; place += 2) yield grantOf(page[place] ?? '', Number(page[place + 1]));
      }
    },
    async add(account, grants) {
      const { grants: key, state } = accountKeys(account);
      let added = 0;
      for (const page of inGroups(grants, PAGE)) {
        const values = page.flatMap(({ at, id, bytes }) => [at, `${id}|${bytes}|at-${at}`]);
        added += Number(await run(ADD, [key, state], values));
      }
      return added;
    },
  };
}

function listOf(account: string): string[] {
  const { grants, inFlight, state } = accountKeys(account);
  return [grants, inFlight, state];
}

type Run = (script: string, keys: readonly string[], values: readonly (string | number)[]) => Promise<unknown>;

/** By digest after the first time; `NOSCRIPT` after a restart of Redis loads it again. */
function scriptRunner(redis: Redis): Run {
  const digests = new Map<string, Promise<string>>();
  const load = async (script: string): Promise<string> => String(await redis.script('LOAD', script));
  return async (script, keys, values) => {
    const digest = digests.get(script) ?? load(script);
    digests.set(script, digest);
    try {
      return await redis.evalsha(await digest, keys.length, ...keys, ...values);
    } catch (error) {
      digests.delete(script);
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(script, keys.length, ...keys, ...values);
    }
  };
}

const isLost = (answer: unknown): boolean => Array.isArray(answer) && answer[0] === -1;

function reservedOf(answer: unknown, file: string, accounts: readonly string[]): Reserved {
  const [place, second, third] = Array.isArray(answer) ? (answer as unknown[]) : [];
  const account = accounts[Number(place) - 1];
  if (account !== undefined) return { state: 'granted', reservation: { account, file, grant: String(second) } };
  const why = WAITS.find((known) => known === second) ?? 'pace';
  return { state: 'wait', why, milliseconds: third === 'never' ? Infinity : Number(third) };
}

const WAITS = ['pace', 'refused', 'budget', 'busy'] as const;

/** @throws DamagedEntry */
function numbersOf(answer: unknown): number[] {
  const numbers = Array.isArray(answer) ? answer.map(Number) : [];
  if (numbers.some(Number.isNaN)) throw new DamagedEntry('the ledger of an account');
  return numbers;
}

/** @throws DamagedEntry */
function grantOf(member: string, at: number): Grant {
  const [, id = '', bytes] = /^([^|]+)\|(\d+)\|/.exec(member) ?? [];
  if (bytes === undefined || !Number.isSafeInteger(at)) throw new DamagedEntry('a grant');
  return { at, id, bytes: Number(bytes) };
}
