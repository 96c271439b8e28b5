import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(2);

const REQUEST = [
  '-m',
  'S1SAR',
  '-su',
  'A',
  '-pt',
  'L1SLC',
  '-l0',
  'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip',
];

/** All text that a run left behind: both streams and every file but the downloaded ones, by where it stands. */
function everythingWritten({ stdout, stderr }: CliResult, folder: string): Map<string, string> {
  const texts = new Map([
    ['stdout', stdout],
    ['stderr', stderr],
  ]);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name);
    if (statSync(file).isFile() && !name.startsWith('out')) texts.set(name, readFileSync(file, 'utf8'));
  }
  return texts;
}

function placesOf(secret: string, texts: Map<string, string>): string[] {
  return [...texts].filter(([, text]) => text.includes(secret)).map(([place]) => place);
}

test.each(sampleOf([['plain'], ['--json']], 1))(
  'no token and no presigned address stays anywhere, and none goes to the store (%s)',
  async (mode) => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const words = [
      'run',
      '--site-url',
      sandbox.siteUrl,
      ...REQUEST,
      ...placesIn(folder),
      ...(mode === '--json' ? [mode] : []),
    ];
    const result = await runCli(words, { environment: { AUXFLOW_DEBUG: '1' } });
    expect(result.exitCode).toBe(0);

    const tokens = sandbox.requests.flatMap(({ headers }) => headers.authorization?.replace('Bearer ', '') ?? []);
    const signatures = sandbox.requests.flatMap(({ url }) => /X-Amz-Signature=([0-9a-f]+)/.exec(url)?.[1] ?? []);
    expect([tokens.length, signatures.length].every((count) => count > 5)).toBe(true);
    const texts = everythingWritten(result, folder);
    expect(texts.size).toBeGreaterThan(5);
    const leaked = [...new Set([...tokens, ...signatures])].flatMap((secret) => placesOf(secret, texts));
    expect(leaked).toEqual([]);
    // Half a token is a leak too: header and payload of a JWT without its signature.
    expect(tokens.flatMap((token) => placesOf(token.split('.')[1] ?? token, texts))).toEqual([]);

    const atStore = sandbox.requests.filter(({ origin }) => origin === 'store');
    expect(atStore.length).toBeGreaterThan(3);
    expect(atStore.filter(({ headers }) => headers.authorization ?? headers.cookie)).toEqual([]);
    const written = sandbox.requests.filter(({ method }) => method !== 'GET');
    expect(new Set(written.map(({ method, url }) => `${method} ${url}`))).toEqual(
      new Set(['POST /auth/realms/reprocessing-preparation/protocol/openid-connect/token']),
    );
  },
);

test('a password stays nowhere, also when it is refused', async () => {
  const folder = temporaryFolder();
  const password = 'SECRET-CANARY-1 & = + % " \\ { } é';
  const environment = { ADG_USER: 'user', ADG_PASSWORD: password, AUXFLOW_DEBUG: '1' };
  const result = await runCli(['run', ...REQUEST, ...placesIn(folder)], { environment });
  expect(result.exitCode).toBe(3);
  expect(placesOf('SECRET-CANARY', everythingWritten(result, folder))).toEqual([]);
});
