import { formsOf, isDistinctive, MASK } from './redact-forms';
import { isSecretKey, splitValue, tokensIn, withoutPatterns } from './redact-patterns';

/**
 * Redaction by value, and by place: what is known to be a secret vanishes wherever it turns up, and what stands where secrets
 * stand (a Bearer header, a presigned query, a field named password) vanishes whether it is known or not.
 */
export interface Redactor {
  /** Remembers a secret. Values that are no secrets by themselves (`password`) are redacted only under their name. */
  add(secret: string): void;
  /** The text without secrets, each replaced by `***`. Tokens seen on the way are remembered. */
  text(value: string): string;
  /**
   * Redacts every string inside the value, in place, and remembers what stood under a secret name. Objects seen by this
   * redactor before are passed over: cycles end, and a long run is not walked again and again.
   */
  scrub(value: object): void;
}

/** @param secrets what is known beforehand: password, client secret. */
export function createRedactor(secrets: readonly string[] = []): Redactor {
  const known = new KnownSecrets();
  for (const secret of secrets) known.add(secret);
  const text = (value: string): string => {
    for (const token of tokensIn(value)) known.learn(token);
    return known.removeFrom(withoutPatterns(value));
  };
  const seen = new WeakSet();
  return { add: (secret) => void known.add(secret), text, scrub: (value) => scrub(value, { known, text, seen }) };
}

/** How many of the secrets met during a run are remembered: tokens and sessions follow each other, the oldest have ended. */
const LEARNED_AT_MOST = 64;

class KnownSecrets {
  readonly #learned: string[] = [];
  readonly #secrets = new Set<string>();
  #pattern: RegExp | undefined;

  /** @returns whether the secret is new and can be searched for. */
  add(secret: string): boolean {
    const bare = secret.trim();
    if (!isDistinctive(bare) || this.#secrets.has(bare)) return false;
    this.#secrets.add(bare);
    this.#pattern = undefined;
    return true;
  }

  learn(secret: string): void {
    const bare = secret.trim();
    if (!this.add(bare)) return;
    this.#learned.push(bare);
    const oldest = this.#learned.length > LEARNED_AT_MOST ? this.#learned.shift() : undefined;
    if (oldest !== undefined) this.#secrets.delete(oldest);
  }

  removeFrom(text: string): string {
    if (this.#secrets.size === 0) return text;
    this.#pattern ??= this.#compile();
    return text.replace(this.#pattern, MASK);
  }

  /** Longest first: a secret may be the beginning of another one. */
  #compile(): RegExp {
    const longestFirst = [...this.#secrets].sort((one, other) => other.length - one.length);
    return new RegExp(longestFirst.flatMap(formsOf).join('|'), 'g');
  }
}

interface Scrubbing {
  known: KnownSecrets;
  text: (value: string) => string;
  seen: WeakSet<object>;
}

function scrub(value: object, scrubbing: Scrubbing): void {
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (scrubbing.seen.has(next) || ArrayBuffer.isView(next)) continue;
    scrubbing.seen.add(next);
    for (const [key, inner] of Object.entries(next) as [string, unknown][]) {
      if (typeof inner === 'string') replace(next, key, inner, scrubbing);
      else if (typeof inner === 'object' && inner !== null) waiting.push(inner);
    }
  }
}

function replace(owner: object, key: string, value: string, { known, text }: Scrubbing): void {
  const name = secretName(owner, key);
  const { kept, secret } = name === undefined ? { kept: value, secret: '' } : splitValue(name, value);
  known.learn(secret);
  const redacted = text(kept) + (secret === '' ? '' : MASK);
  if (redacted !== value) Reflect.set(owner, key, redacted);
}

/**
 * The name under which a value is a secret: its own key, or in Postman's lists of `{key, value}` (headers, variables, auth
 * parameters, form fields, query parameters) the entry's key, or its type `secret`.
 */
function secretName(owner: object, key: string): string | undefined {
  if (isSecretKey(key)) return key;
  if (key !== 'value') return undefined;
  const entry = owner as { key?: unknown; type?: unknown };
  if (typeof entry.key === 'string' && (isSecretKey(entry.key) || entry.type === 'secret')) return entry.key;
  return undefined;
}
