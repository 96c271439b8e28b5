import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { withEchoingServices, type EchoMode } from '../helpers/echoing-services';
import { everythingWritten } from '../helpers/everything-written';
import { placesIn, runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { BASE64, formsOf, OF_GIVEN } from '../helpers/secret-forms';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(4);

const QUOTED = 'Correct"horse battery9';
const MIXED = `C4n"ry p$<w&%rd+é/'\\z`;
const SHORT = 'falcon';

const CONTRACT = ['contract', '--shards', '1', '--folder', 'Token endpoint', 'rdb.svc known quirks'];

/** A verb that talks to the services with the words that the site and the folder decide. */
type Line = (siteUrl: string, folder: string) => string[];

const LINES: Readonly<Record<string, Line>> = {
  run: (site, folder) => ['run', '--site-url', site, ...SMALL_REQUEST, ...placesIn(folder)],
  plan: (site, folder) => ['plan', '--site-url', site, ...SMALL_REQUEST, ...placesIn(folder)],
  fetch: (site, folder) => ['fetch', '--site-url', site, ...SMALL_REQUEST, ...placesIn(folder)],
  doctor: (site) => ['doctor', '--site-url', site],
  drift: (site) => ['drift', '--site-url', site],
  record: (site, folder) => ['record', '--site-url', site, '--out', path.join(folder, 'record')],
  contract: (site, folder) => [...CONTRACT, '--site-url', site, '--reports', path.join(folder, 'reports')],
};

/** The verbs that read what `fetch` left. */
const AFTER_FETCH: readonly Line[] = [
  (_site, folder) => ['verify', path.join(folder, 'out')],
  (site, folder) => ['fetch', '--frozen', path.join(folder, 'out'), '--site-url', site, ...placesIn(folder)],
  (_site, folder) => ['export', path.join(folder, 'out'), '--format', 'stac'],
];

const HAS_VERBOSE = /^(?:run|plan|fetch|verify)$/;

/** Pieces of a secret that nothing else contains: of a password what is no word of ours, of a token its payload and signature. */
function piecesOf(secret: string): string[] {
  if (secret === QUOTED) return ['battery9', 'horse bat'];
  if (secret === MIXED) return ['C4n', 'w&%rd'];
  const parts = secret.startsWith('eyJ') ? secret.split('.').slice(1) : [secret];
  return parts.filter(({ length }) => length >= 24).flatMap((part) => [part.slice(0, 24), part.slice(-24)]);
}

/** A plain word vanishes outside words only (below), and inside base64. */
function needlesOf(secrets: Iterable<string>): string[] {
  const written = [...secrets].flatMap((secret) => {
    if (secret === 'password') return [];
    if (secret === SHORT) return Object.values({ ...BASE64, ...OF_GIVEN }).map((form) => form(secret));
    const forms = formsOf({ isGiven: secret === QUOTED || secret === MIXED });
    return [...forms.map((form) => form(secret)), ...piecesOf(secret)];
  });
  return [...new Set([...written, 'CANARYCOOKIE'])];
}

/** Where which of them is, in its surroundings. */
function leaksIn(texts: ReadonlyMap<string, string>, needles: readonly string[]): string[] {
  return [...texts].flatMap(([place, text]) =>
    needles
      .filter((needle) => text.includes(needle))
      .map((needle) => {
        const at = text.indexOf(needle);
        return `${place}: ${needle.slice(0, 30)} in ${text.slice(Math.max(0, at - 120), at + 60)}`;
      }),
  );
}

async function everythingOf(lines: readonly string[][], password: string, folder: string): Promise<CliResult> {
  const environment = { ADG_USER: 'user', ADG_PASSWORD: password, AUXFLOW_STATE: path.join(folder, 'state') };
  const told: CliResult = { exitCode: null, stdout: '', stderr: '' };
  for (const line of lines) {
    const result = await runCli(line, { environment: { ...environment, AUXFLOW_DEBUG: '1' } });
    expect([line[0], result.exitCode, result.stderr]).not.toEqual([line[0], 7, result.stderr]);
    told.stdout += result.stdout;
    told.stderr += result.stderr;
  }
  return told;
}

function linesOf(verb: string, siteUrl: string, folder: string, output: string): string[][] {
  const first = LINES[verb];
  const lines = [...(first ? [first] : []), ...(verb === 'fetch' ? AFTER_FETCH : [])];
  return lines
    .map((line) => line(siteUrl, folder))
    .map((words) => {
      const [name = ''] = words;
      if (name === 'export' || (output === '--verbose' && !HAS_VERBOSE.test(name))) return words;
      return [...words, output];
    });
}

type Row = [verb: string, output: string, mode: EchoMode, password: string];

const TABLE: Row[] = [
  ['run', '--verbose', 'beside', MIXED],
  ['run', '--json', 'messages', SHORT],
  ['run', '--json', 'errors', QUOTED],
  ['run', '--verbose', 'refused', MIXED],
  ['plan', '--verbose', 'beside', SHORT],
  ['plan', '--json', 'errors', QUOTED],
  ['fetch', '--verbose', 'beside', QUOTED],
  ['fetch', '--json', 'beside', MIXED],
  ['fetch', '--verbose', 'errors', SHORT],
  ['doctor', '--verbose', 'errors', MIXED],
  ['doctor', '--json', 'beside', QUOTED],
  ['doctor', '--verbose', 'refused', SHORT],
  ['drift', '--json', 'errors', MIXED],
  ['drift', '--verbose', 'beside', QUOTED],
  ['record', '--json', 'beside', MIXED],
  ['record', '--verbose', 'errors', SHORT],
  ['contract', '--verbose', 'beside', MIXED],
  ['contract', '--json', 'errors', SHORT],
  ['contract', '--verbose', 'refused', QUOTED],
];

describe('services that repeat every secret they are sent', () => {
  test.each(sampleOf(TABLE, 7, ([verb]) => verb))('%s %s, %s', async (verb, output, mode, password) => {
    const services = await withEchoingServices(await withSandbox(), { password, mode });
    const folder = temporaryFolder();
    const result = await everythingOf(linesOf(verb, services.siteUrl, folder, output), password, folder);
    const texts = everythingWritten(result, folder);
    expect(services.secrets.size).toBeGreaterThan(mode === 'refused' ? 1 : 3);
    expect(leaksIn(texts, needlesOf(services.secrets))).toEqual([]);
    if (password !== SHORT) return;
    const words = [...texts].flatMap(([place, text]) =>
      Array.from(
        text.matchAll(/.{0,40}(?<![\p{L}\p{N}_])falcon(?![\p{L}\p{N}_]).{0,40}/gu),
        ([match]) => `${place}: ${match}`,
      ),
    );
    expect(words).toEqual([]);
  });
});
