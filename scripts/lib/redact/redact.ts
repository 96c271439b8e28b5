import { KnownSecrets, MASK } from './known-secrets';
import { isSecretKey, secretsIn, splitValue, withoutPatterns } from './redact-patterns';
import { visibleText } from '../visible-text';

/**
 * Redaction by value, and by place: what is known to be a secret vanishes wherever it turns up, and what stands where secrets
 * stand (a Bearer header, a presigned query, a field named password) vanishes whether it is known or not. What is left is made
 * visible: no control character and no mark of direction reaches whoever reads it.
 */
export interface Redactor {
  /** Remembers a secret for good. One that is a plain word (`hunter`) is redacted only where no word goes on beside it. */
  add(secret: string): void;
  /** Remembers a secret that was met on the way: of these the newest are known. What may be an ordinary word is none. */
  learn(secret: string): void;
  /** A text as it may be shown: each secret is `***`. Secrets seen on the way are remembered. */
  text(value: string): string;
  /** A finished page or document, whose texts were redacted before it was made: a net below them. */
  document(value: string): string;
  /** The bytes of a text with known secrets taken out and nothing else changed. */
  values(value: string): string;
  /** A copy as it may be shown: every text inside it redacted, except words that only we choose, such as a verdict. */
  shown<Value>(value: Value): Value;
  /**
   * Redacts every string inside the value, in place, and remembers what stood under a secret name. Objects seen by this
   * redactor before are passed over: cycles end, and a long run is not walked again and again.
   */
  scrub(value: object): void;
}

export interface RedactorOptions {
  /** Told of each secret when it is met for the first time. */
  readonly onLearned?: (secret: string) => void;
}

/** @param secrets what is known beforehand: password, client secret. */
export function createRedactor(secrets: readonly string[] = [], { onLearned }: RedactorOptions = {}): Redactor {
  const known = new KnownSecrets();
  for (const secret of secrets) known.add(secret);
  /** As they may be shown with what is known now. */
  const remembered = new Map<string, string>();
  const add = (secret: string): void => {
    if (known.add(secret)) remembered.clear();
  };
  const learn = (secret: string): void => {
    if (!known.learn(secret)) return;
    remembered.clear();
    onLearned?.(secret);
  };
  const redacted = (value: string): string => {
    if (isHarmless(value)) return visibleText(known.removeFrom(value));
    for (const secret of secretsIn(value)) learn(secret);
    return visibleText(withoutPatterns(known.removeFrom(value)));
  };
  const text = (value: string): string => {
    if (value.length > MAX_REMEMBERED_LENGTH) return redacted(value);
    const shown = remembered.get(value) ?? redacted(value);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(value, shown);
    return shown;
  };
  const seen = new WeakSet();
  return {
    add,
    learn,
    text,
    document: (value) => withoutPatterns(known.removeFrom(value, { isMarkup: true })),
    values: (value) => known.removeFrom(value),
    shown: (value) => copyShown(value, text),
    scrub: (value) => scrub(value, { learn, text, seen }),
  };
}

/** Texts, and characters of each: names of files and types come again with each of thousands of products. */
const MAX_REMEMBERED = 20_000;
const MAX_REMEMBERED_LENGTH = 400;

/** Whether no pattern can fit: names of files and types, identifiers, plain words. Most texts of a large campaign are such. */
function isHarmless(text: string): boolean {
  return !/[=:\s%]|eyJ/.test(text);
}

/** Keys under which stands a word of ours, on which a listener decides: a password of that word would turn a verdict around. */
const OUR_WORDS = new Set([
  'type',
  'status',
  'verdict',
  'outcome',
  'severity',
  'code',
  'method',
  'part',
  'sign',
  'basis',
  'because',
]);

/** What is shared stays shared, and cycles end. */
function copyShown<Value>(value: Value, text: (value: string) => string): Value {
  const copies = new Map<object, object>();
  const copy = (original: unknown): unknown => {
    if (typeof original === 'string') return text(original);
    if (typeof original !== 'object' || original === null) return original;
    const known = copies.get(original);
    if (known !== undefined) return known;
    if (Array.isArray(original)) return copyList(original);
    const made: object = {};
    copies.set(original, made);
    for (const [key, inner] of Object.entries(original) as [string, unknown][])
      Reflect.set(made, key, OUR_WORDS.has(key) && typeof inner === 'string' ? visibleText(inner) : copy(inner));
    return made;
  };
  const copyList = (original: readonly unknown[]): unknown[] => {
    const made: unknown[] = [];
    copies.set(original, made);
    for (const item of original) made.push(copy(item));
    return made;
  };
  return copy(value) as Value;
}

interface Scrubbing {
  learn: (secret: string) => void;
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

function replace(owner: object, key: string, value: string, { learn, text }: Scrubbing): void {
  const name = secretName(owner, key);
  const { kept, secret } = name === undefined ? { kept: value, secret: '' } : splitValue(name, value);
  learn(secret);
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
