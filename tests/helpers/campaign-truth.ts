import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { builtinCatalogue } from '../../scripts/sandbox/catalogue/builtin';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { Checksums } from '../../scripts/sandbox/store/file-bytes';
import { checkMd5Sums, lockIn } from './campaign';

const checksums = new Checksums();
let known: Map<string, { id: string; contentLength: number }> | undefined;

/** MD5 of the bytes that the store of a sound sandbox holds under a name; undefined: it holds none. */
function storedMd5(name: string): Promise<string | undefined> {
  known ??= new Map([...builtinCatalogue().products()].map((product) => [product.name, product]));
  const product = known.get(name);
  return product ? checksums.md5(product.id, product.contentLength) : Promise.resolve(undefined);
}

const LISTS = new Set(['MD5SUMS', 'auxflow.lock.json', 'manifest.csv', 'manifest.jsonl', 'matrix.json']);
/** What only a process may leave that was killed: another one may hold the folder, a list may be half written. */
const LEFT_BY_A_KILL = /^\.auxflow-downloading(\.claim\.\w+)?$|\.\d+\.tmp$/;

export interface Ended {
  /** Of the last process on the folder; null: it was killed. */
  readonly exitCode: number | null;
  /** All that it said. */
  readonly output: string;
  /** A process before it was killed, or the lists could not be written: files may be here that the lock does not know of yet. */
  readonly lockMayLag?: boolean;
}

/**
 * What holds whenever a campaign ends, whatever went wrong in it. `folder` is that of `placesIn`.
 * @returns names of the files that are here
 */
export async function expectTruth(folder: string, sandbox: Sandbox, ended: Ended): Promise<string[]> {
  const { exitCode, output } = ended;
  const out = path.join(folder, 'out');
  const finals = await expectOnlyStoredFiles(out, exitCode === null);
  expectTrueLock(out, finals, ended);
  expectOnlyReads(sandbox);
  expect(secretsIn([output, ...textsIn(folder, finals)], sandbox)).toEqual([]);
  expect([sandbox.defects, readdirSync(folder).filter((name) => !PLACES.has(name))]).toEqual([[], []]);
  return finals;
}

const PLACES = new Set(['out', 'reports', 'state']);

/** Every file under a final name is byte-identical to the store's, and nothing else lies there. */
async function expectOnlyStoredFiles(out: string, isKilled: boolean): Promise<string[]> {
  const names = existsSync(out) ? readdirSync(out).filter((name) => !LISTS.has(name) && name !== 'answers') : [];
  const finals: string[] = [];
  for (const name of names) {
    if (isKilled && LEFT_BY_A_KILL.test(name)) continue;
    const stored = await storedMd5(name.replace(/(~\d+)?\.part$/, ''));
    expect([name, stored]).toEqual([name, expect.any(String)]);
    if (name.endsWith('.part')) continue;
    const bytes = readFileSync(path.join(out, name));
    expect([name, createHash('md5').update(bytes).digest('hex')]).toEqual([name, stored]);
    finals.push(name);
  }
  return finals;
}

/** What the lock calls verified is here; unless it had no time to say so, all that is here is called verified. */
function expectTrueLock(out: string, finals: readonly string[], { exitCode, lockMayLag = false }: Ended): void {
  if (!existsSync(path.join(out, 'auxflow.lock.json'))) {
    expect([exitCode === 0, finals]).toEqual([false, []]);
    return;
  }
  const lock = lockIn(out);
  const verified = lock.files.filter(({ state }) => state === 'verified').map(({ path: name }) => name!);
  const mayLag = exitCode === null || (lockMayLag && exitCode !== 0);
  if (mayLag) expect(finals).toEqual(expect.arrayContaining(verified));
  else expect(verified.sort()).toEqual([...finals].sort());
  // One that is wanted may say why it was not begun.
  for (const { state, problem } of lock.files)
    if (state !== 'wanted') expect(problem !== undefined).toBe(state === 'failed');
  if (!mayLag && verified.length > 0) expect(checkMd5Sums(out)).toBe(verified.length);
  if (exitCode === 0) expect([lock.complete, finals.length]).toEqual([true, lock.files.length]);
}

/** No token and no cookie reached the store, and only tokens were asked for by POST. */
function expectOnlyReads({ requests }: Sandbox): void {
  const atStore = requests.filter(({ origin }) => origin === 'store');
  expect(atStore.filter(({ headers }) => headers.authorization ?? headers.cookie)).toEqual([]);
  const written = requests.filter(({ method, url }) => method !== 'GET' && !url.endsWith('/openid-connect/token'));
  expect(written).toEqual([]);
}

/** Tokens, halves of tokens, and signatures of presigned addresses. */
function secretsIn(texts: readonly string[], { requests }: Sandbox): string[] {
  const signatures = new Set(requests.flatMap(({ url }) => /X-Amz-Signature=([0-9a-f]+)/.exec(url)?.[1] ?? []));
  return texts.flatMap((text) => [
    ...(text.match(/eyJ[\w-]{30,}/g) ?? []).filter(isJson),
    ...(text.match(/X-Amz-Signature=[0-9a-f]+/g) ?? []),
    ...(text.match(/[0-9a-f]{64}/g) ?? []).filter((digits) => signatures.has(digits)),
  ]);
}

/** The packed data of a page have such letters by chance. */
function isJson(half: string): boolean {
  return /^\{"[ -~]+$/.test(Buffer.from(half.slice(0, 28), 'base64url').toString('latin1'));
}

/** Of every file below `folder` but the downloaded ones and their parts. */
function textsIn(folder: string, finals: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.part') && !finals.includes(path.basename(name)))
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'utf8'));
}
