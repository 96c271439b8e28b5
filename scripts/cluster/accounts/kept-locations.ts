/**
 * A granted location for whoever takes over a file: each costs quota, and its worker may be gone before it has used it. A location is a
 * credential, so Redis holds it encrypted with a key that only those have who have the account's password.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { NamedAccount } from './read-accounts';
import { locationKey } from '../redis/keys';

export interface KeptLocations {
  keep(id: string, account: string, location: string): Promise<void>;
  /** Of any of the accounts, each time it is asked for until it expires. */
  find(id: string, accounts: readonly string[]): Promise<string | undefined>;
  forget(id: string): Promise<void>;
}

/** Milliseconds: a location opens for 600 s (auxip.md#redirect), and a transfer takes a moment to begin. */
const LIFE = 570_000;
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

export function keptLocations(redis: Redis, accounts: readonly NamedAccount[], life = LIFE): KeptLocations {
  const keys = new Map(accounts.map(({ digest, password }) => [digest, keyOf(digest, password)]));
  return {
    async keep(id, account, location) {
      const key = keys.get(account);
      if (key) await redis.set(locationKey(account, id), sealed(location, key, id), 'PX', life);
    },
    async find(id, digests) {
      const found = await redis.mgetBuffer(digests.map((account) => locationKey(account, id)));
      for (const [place, box] of found.entries()) {
        const key = keys.get(digests[place] ?? '');
        const location = box && key && opened(box, key, id);
        if (location) return location;
      }
      return undefined;
    },
    async forget(id) {
      await redis.del([...keys.keys()].map((account) => locationKey(account, id)));
    },
  };
}

function keyOf(digest: string, password: string): Buffer {
  return Buffer.from(hkdfSync('sha256', password, digest, 'auxflow location', 32));
}

function sealed(text: string, key: Buffer, id: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Undefined for what another password has closed. */
function opened(box: Buffer, key: Buffer, id: string): string | undefined {
  const nonce = box.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(id));
  try {
    decipher.setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
