/** Any entry of Redis may be changed by others: it is said by name, with the documented code, and what is here stays here. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Redis } from 'ioredis';
import { streamedNames } from '../../scripts/cli/name-list';
import { createRedisLedger } from '../../scripts/cluster/ledger/redis-ledger';
import { campaignNames, countsOf } from '../../scripts/cluster/queue/campaign-store';
import { queueFound } from '../../scripts/cluster/queue/queue-found';
import { spreadCampaign } from '../../scripts/cluster/queue/spread-campaign';
import { queueError } from '../../scripts/cluster/redis/connection';
import { campaignRows } from '../../scripts/cluster/writer/campaign-rows';
import { parseLock } from '../../scripts/campaign/lock/campaign-lock';
import { streamedLockText } from '../../scripts/campaign/lock/streamed-lists';
import { DOCUMENTED_RULES, PERIOD } from '../../scripts/download/quota';
import { toError } from '../../scripts/errors/errors';
import { verify } from '../../scripts/campaign/lock/verify-folder';
import { EXIT, exitCodeOf } from '../../scripts/errors/exit-codes';
import { groupBy } from '../../scripts/lib/group-by';
import { rounds } from '../helpers/budget';
import { lockIn } from '../helpers/campaign';
import { sharedCampaign } from '../helpers/shared-campaign';
import { temporaryFolder } from '../helpers/run-cli';
import { HAS_REDIS } from '../helpers/with-redis';
import { findingsIn, workerContext, workerSite, type WorkerSite } from '../helpers/worker-site';

/** One entry, as often as it is asked for. */
interface Entry {
  readonly key: string;
  /** Of a hash, a list (place), a sorted set (member). */
  readonly field: string;
  read(): Promise<string>;
  write(text: string): Promise<unknown>;
}

describe.skipIf(!HAS_REDIS)('a queue that others have written to', () => {
  let site: WorkerSite;
  let folder: string;
  let campaigns: readonly string[];
  /** A campaign that was planned, and one whose baselines workers asked for. */
  beforeAll(async () => {
    site = await workerSite();
    folder = temporaryFolder(afterAll);
    await site.plan(folder);
    const { level0, request } = lockIn(await sharedCampaign('olci'));
    const file = path.join(folder, 'names.txt');
    writeFileSync(file, level0.map(({ name }) => name).join('\n'));
    const { mission, unit, productType } = request;
    const options = { env: 'sandbox', siteUrl: site.sandbox.siteUrl, queue: site.server.url };
    const words = { mission, unit, productType };
    expect(await spreadCampaign({ ...options, words, names: streamedNames(file) }, workerContext().context)).toBe(0);
    expect(await site.worker(folder).exitCode).toBe(0);
    campaigns = await site.inRedis(({ redis }) => campaignNames(redis));
  });
  afterAll(() => site.close());

  /** All of a campaign, and of the ledger. */
  async function entriesOf(redis: Redis): Promise<Entry[]> {
    const keys = (await redis.keys('{auxflow}:*')).filter((key) => /:(campaign|account):/.test(key)).sort();
    const entries: Entry[] = [];
    for (const key of keys) entries.push(...(await entriesAt(redis, key)));
    return entries;
  }

  async function entriesAt(redis: Redis, key: string): Promise<Entry[]> {
    switch (await redis.type(key)) {
      case 'hash':
        return (await redis.hkeys(key)).map((field) => ({
          ...{ key, field },
          read: async () => (await redis.hget(key, field)) ?? '',
          write: (text) => redis.hset(key, field, text),
        }));
      case 'list':
        return Array.from({ length: await redis.llen(key) }, (_, place) => ({
          ...{ key, field: String(place) },
          read: async () => (await redis.lindex(key, place)) ?? '',
          write: (text) => redis.lset(key, place, text),
        }));
      case 'zset':
        return (await redis.zrange(key, '0', '-1')).map((field) => ({
          ...{ key, field },
          read: () => Promise.resolve(field),
          write: async (text) => {
            const [old = field] = await redis.zrange(key, '0', '0');
            await redis.multi().zrem(key, old).zadd(key, 1, text).exec();
          },
        }));
      default:
        return [];
    }
  }

  /** What every command reads, in this process. Returns codes of what it met. */
  async function readAll(): Promise<string[]> {
    const codes: string[] = [];
    const trying = async (read: () => Promise<unknown>): Promise<void> => {
      await read().catch((error: unknown) => codes.push(toError(queueError(error, 'redis')).code));
    };
    await site.inRedis(async (queue) => {
      const { redis } = queue;
      for (const campaign of campaigns) {
        await trying(() => countsOf(redis, campaign, 'redis'));
        await trying(() => queueFound({ ...queue, jobs: { addBulk: () => Promise.resolve([]) } } as never, campaign));
        await trying(async () => {
          let text = '';
          for await (const piece of streamedLockText(await campaignRows(redis, campaign, new Date()))) text += piece;
          // What is written without a word can be read, and names the same.
          const lock = parseLock(text, 'lock');
          const before = lockIn(path.join(folder, 'out', campaign));
          const idsOf = ({ files }: typeof before) => files.map(({ id, state }) => [id, state]);
          expect([idsOf(lock), lock.level0]).toEqual([idsOf(before), before.level0]);
        });
      }
      const ledger = createRedisLedger({ redis, rules: { ...DOCUMENTED_RULES, period: PERIOD } });
      for (const key of await redis.keys('{auxflow}:account:*:grants')) {
        const account = key.split(':')[2] ?? '';
        await trying(async () => expect(Number.isFinite((await ledger.use(account)).bytes)).toBe(true));
        await trying(async () => {
          const reserved = await ledger.reserve({ file: 'another', bytes: 1, accounts: [account] });
          if (reserved.state === 'granted') await ledger.release(reserved.reservation);
        });
        await trying(async () => {
          for await (const { bytes } of ledger.grants(account)) expect(bytes).toBeGreaterThanOrEqual(0);
        });
      }
    });
    return [...new Set(codes)];
  }

  test('each entry, damaged at random: every command says QUEUE_DAMAGED, or writes the lock that was there', async () => {
    await site.inRedis(async ({ redis }) => {
      const entries = await entriesOf(redis);
      const kinds = [...groupBy(entries, ({ key, field }) => kindOf(key, field)).values()];
      const damaged = fc.tuple(
        fc.constantFrom(...kinds).chain((own) => fc.constantFrom(...own)),
        damage,
      );
      await fc.assert(
        fc.asyncProperty(damaged, async ([entry, change]) => {
          const before = await entry.read();
          await entry.write(change(before));
          const codes = await readAll();
          await entry.write(before);
          expect([entry.key, entry.field, codes.filter((code) => code !== 'QUEUE_DAMAGED')]).toEqual([
            entry.key,
            entry.field,
            [],
          ]);
        }),
        { numRuns: rounds(40, 400) },
      );
    });
    expect(await readAll()).toEqual([]);
  });

  test('a worker leaves what is there as it was, says what is damaged, and ends', async () => {
    const lockOf = (campaign: string): string =>
      readFileSync(path.join(folder, 'out', campaign, 'auxflow.lock.json'), 'utf8');
    const [campaign = ''] = campaigns;
    const before = campaigns.map(lockOf);
    const key = `{auxflow}:campaign:${campaign}:facts`;
    await site.inRedis(async ({ redis }) => {
      const entry = (await entriesOf(redis)).find((item) => item.key.endsWith(`${campaign}:outcomes`));
      const was = (await entry?.read()) ?? '';
      await entry?.write('{"state":7}');
      // There is news to write.
      await redis.hincrby(key, 'settled', 1);
      const { exitCode, events } = site.worker(folder);
      expect([await exitCode, findingsIn(events)]).toEqual([EXIT.integrity, ['QUEUE_DAMAGED']]);
      expect(campaigns.map(lockOf)).toEqual(before);
      for (const name of campaigns)
        expect(await verify(path.join(folder, 'out', name), workerContext().context)).toBe(0);
      await entry?.write(was);
    });
    const { exitCode, events } = site.worker(folder);
    expect([await exitCode, events.filter(({ type }) => type === 'file')]).toEqual([0, []]);
    expect(exitCodeOf([{ code: 'QUEUE_DAMAGED', queue: '', what: '' }])).toBe(EXIT.integrity);
  });
});

/** Of a campaign or the ledger: key without names, and for facts the field. */
const kindOf = (key: string, field: string): string =>
  key.endsWith(':facts') || key.endsWith(':state') ? `${key} ${field.replace(/open:.*/, 'open')}` : key;

/** Another type in the place of a value, or nothing, or half of the text. */
const damage: fc.Arbitrary<(text: string) => string> = fc
  .tuple(fc.nat(), fc.constantFrom<unknown>(null, true, 'x', [], {}, [7], { a: 1 }, undefined, -1, 1.5))
  .map(([place, value]) => (text) => {
    if (place % 5 === 0) return text.slice(0, place % Math.max(1, text.length));
    const parsed = jsonOf(text);
    if (typeof parsed !== 'object' || parsed === null) return JSON.stringify(value ?? null);
    const places = placesIn(parsed);
    const at = places[place % places.length];
    if (!at) return JSON.stringify(value ?? null);
    return JSON.stringify(replaced(parsed, at, value));
  });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Paths to all values, the whole first. */
function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([key, item]) => placesIn(item).map((rest) => [key, ...rest]))];
}

function replaced(value: unknown, [first, ...rest]: readonly string[], by: unknown): unknown {
  // Only of another type: what could have been written so is no damage that can be seen.
  if (first === undefined) return typeNameOf(by) === typeNameOf(value) ? null : (by ?? null);
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[first] = rest.length === 0 && by === undefined ? by : replaced(copy[first], rest, by);
  return copy;
}

const typeNameOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);
