/** One process at a time writes the lists of a campaign: a lease in Redis with a fencing token. */
import type { Redis } from 'ioredis';
import { campaignKeys } from '../redis/keys';

export interface Election {
  /** Whether this process holds the lease now; takes it if nobody does. */
  isElected(): Promise<boolean>;
  /** Notes that the lists of this revision are written, if the lease is still held; otherwise that they have to be written again. */
  wrote(revision: string): Promise<boolean>;
  /** Keeps the lease as long as `work` takes. Who was stopped and has lost it stays without, and goes on. */
  whileHeld(work: () => Promise<void>): Promise<void>;
  resign(): Promise<void>;
}

/** KEYS: writer, term. ARGV: id, lease. The token of this process, or 0. */
const ELECT = `
local holder = redis.call('HGET', KEYS[1], 'id')
if holder and holder ~= ARGV[1] then return 0 end
if not holder then redis.call('HSET', KEYS[1], 'id', ARGV[1], 'token', redis.call('INCR', KEYS[2])) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return tonumber(redis.call('HGET', KEYS[1], 'token'))
`;

/** KEYS: writer, facts. ARGV: id, token, revision. Who was stopped while it wrote has put an old list over a newer one. */
const WROTE = `
local isOurs = redis.call('HGET', KEYS[1], 'id') == ARGV[1] and redis.call('HGET', KEYS[1], 'token') == ARGV[2]
redis.call('HSET', KEYS[2], 'written', isOurs and ARGV[3] or '')
return isOurs and 1 or 0
`;

/** KEYS: writer. ARGV: id, token, lease. */
const RENEW = `
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] or redis.call('HGET', KEYS[1], 'token') ~= ARGV[2] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[3])
`;

const RESIGN = `if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1`;

export function election(redis: Redis, campaign: string, id: string, lease: number): Election {
  const { writer, term, facts } = campaignKeys(campaign);
  let token = 0;
  return {
    async isElected() {
      token = Number(await redis.eval(ELECT, 2, writer, term, id, lease));
      return token > 0;
    },
    async wrote(revision) {
      return (await redis.eval(WROTE, 2, writer, facts, id, token, revision)) === 1;
    },
    async whileHeld(work) {
      const renew = (): void => void redis.eval(RENEW, 1, writer, id, token, lease).catch(() => undefined);
      const timer = setInterval(renew, lease / 3);
      await work().finally(() => clearInterval(timer));
    },
    async resign() {
      await redis.eval(RESIGN, 1, writer, id);
    },
  };
}
