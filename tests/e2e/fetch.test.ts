import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkMd5Sums, lockIn, S1, SMALL_REQUEST, valuesAsked } from '../helpers/campaign';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

const TWO_DAYS = [
  '-m',
  'S3OLCI',
  '-t0',
  '2024-02-29T23:59:59Z',
  '-t1',
  '2024-03-02T00:00:00Z',
  '-su',
  'A',
  '-pt',
  'L2LFR',
];

describe('auxflow fetch', () => {
  test('does what the reference script did with the same flags; again, it fetches nothing twice', async () => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const words = ['fetch', '--site-url', sandbox.siteUrl, '-u', 'user', '-pw', 'password', ...TWO_DAYS, '-d', 'TRUE'];
    const first = await runCli(words, { cwd: folder });
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/note other users of this machine can see a password/);

    const out = path.join(folder, 'downloads', 'sandbox-S3OLCI-A-L2LFR-20240229T235959Z-20240302T000000Z');
    const lock = lockIn(out);
    expect(checkMd5Sums(out)).toBe(lock.files.length);
    expect(new Set(lock.files.map(({ state }) => state))).toEqual(new Set(['verified']));
    expect(valuesAsked(sandbox).sort()).toEqual(lock.files.map(({ id }) => id).sort());
    expect(readdirSync(out).sort()).toEqual(
      [
        ...lock.files.map(({ path: name }) => name!),
        'MD5SUMS',
        'answers',
        'auxflow.lock.json',
        'manifest.csv',
        'manifest.jsonl',
        'matrix.json',
      ].sort(),
    );

    const again = await runCli(words, { cwd: folder });
    expect([again.exitCode, valuesAsked(sandbox).length]).toEqual([0, lock.files.length]);
    expect(lockIn(out).files).toEqual(lock.files);
  });

  test('windows of a day find what one call for the whole interval finds', async () => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const { exitCode } = await runCli([
      'fetch',
      '--site-url',
      sandbox.siteUrl,
      ...TWO_DAYS,
      '-d',
      'FALSE',
      ...placesIn(folder),
    ]);
    const calls = sandbox.requests.filter(({ url }) => url.includes('getReprocessingDataBaseline'));
    const whole = (await (
      await fetch(sandbox.siteUrl + calls[0]!.url.replace(/stop=[^,]+/, 'stop=2024-03-02T00:00:00Z'), {
        headers: { authorization: calls[0]!.headers.authorization! },
      })
    ).json()) as { value: { Level0: string; AuxDataFiles: { Name: string }[] }[] };
    const lock = lockIn(path.join(folder, 'out'));
    // Other calls look whether products lie in gaps.
    expect([exitCode, lock.answers.length]).toEqual([0, 2]);
    const found = lock.level0.map(({ name, files }) => [name, files.map((place) => lock.files[place]!.name).sort()]);
    expect(found.sort()).toEqual(
      whole.value.map(({ Level0, AuxDataFiles }) => [Level0, AuxDataFiles.map(({ Name }) => Name).sort()]).sort(),
    );
  });

  test('-d FALSE lists the distinct files and asks for none of them', async () => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const { exitCode, stdout } = await runCli([
      'fetch',
      '--site-url',
      sandbox.siteUrl,
      ...SMALL_REQUEST,
      '-d',
      'false',
      ...placesIn(folder),
    ]);
    const lock = lockIn(path.join(folder, 'out'));
    expect([exitCode, valuesAsked(sandbox)]).toEqual([0, []]);
    expect(lock.files.length).toBeGreaterThan(3);
    for (const { name, state } of lock.files) expect([stdout.includes(name), state]).toEqual([true, 'wanted']);
  });

  test('--strict-l0: a name that the service does not know is an error', async () => {
    const unknown = 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip';
    const words = ['fetch', '-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', `${S1},${unknown}`, '-d', 'FALSE'];
    const strict = await runCli([...words, '--strict-l0', ...placesIn(temporaryFolder())]);
    expect([strict.exitCode, strict.stdout]).toEqual([4, expect.stringContaining(`received  ${unknown}\n`)]);
    expect((await runCli([...words, ...placesIn(temporaryFolder())])).exitCode).toBe(0);
  });

  test('names come from standard input too', async () => {
    const folder = temporaryFolder();
    const words = ['fetch', '-m', 'S1SAR', '-su', 'A', '-pt', 'L1SLC', '-l0', '-', '-d', 'FALSE', ...placesIn(folder)];
    const { exitCode } = await runCli(words, { input: `# mine\n${S1}\n` });
    expect([exitCode, lockIn(path.join(folder, 'out')).request.level0Names]).toEqual([0, [S1]]);
  });

  test('the lists agree with each other and with the saved answers', async () => {
    const out = await sharedCampaign('small');
    const lock = lockIn(out);
    for (const { path: answer = '', sha256, bytes } of lock.answers) {
      const body = readFileSync(path.join(out, answer));
      expect([createHash('sha256').update(body).digest('hex'), body.length]).toEqual([sha256, bytes]);
    }
    const lines = readFileSync(path.join(out, 'manifest.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toMatchObject(lock.files);
    expect(lines.map(({ neededBy }) => neededBy)).toEqual(lock.files.map(() => [S1]));
    const [head = '', ...rows] = readFileSync(path.join(out, 'manifest.csv'), 'utf8').trimEnd().split('\n');
    expect(rows.map((row) => row.split(',').length)).toEqual(lock.files.map(() => head.split(',').length));
    expect(rows.map((row) => row.split(',')[5])).toEqual(lock.files.map(({ md5 }) => md5));
  });

  test('an interval without products is not green; --fail-on-empty says so with its own code', async () => {
    const words = [
      'fetch',
      '-m',
      'S3OLCI',
      '-su',
      'A',
      '-pt',
      'L2LFR',
      '-t0',
      '1999-03-01T00:00:00Z',
      '-t1',
      '1999-03-01T06:00:00Z',
    ];
    const plain = await runCli([...words, ...placesIn(temporaryFolder())]);
    expect([plain.exitCode, plain.stdout]).toEqual([
      1,
      expect.stringMatching(/Nothing was tested: the service knows no Level-0/),
    ]);
    expect((await runCli([...words, '--fail-on-empty', ...placesIn(temporaryFolder())])).exitCode).toBe(9);
  });
});

describe('a folder that is not this campaign’s own', () => {
  test('the lock of another campaign, or a tampered one, is refused before anything is sent', async () => {
    const sandbox = await withSandbox();
    const folder = temporaryFolder();
    const lockFile = path.join(folder, 'out', 'auxflow.lock.json');
    const fetchIt = (request: string[]) =>
      runCli(['fetch', '--site-url', sandbox.siteUrl, ...request, '-d', 'FALSE', ...placesIn(folder)]);
    expect((await fetchIt(SMALL_REQUEST)).exitCode).toBe(0);
    const asked = sandbox.requests.length;

    const another = await fetchIt(TWO_DAYS);
    expect([another.exitCode, another.stderr]).toEqual([
      2,
      expect.stringMatching(/belongs to another campaign[^]*next/),
    ]);
    writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace('"wanted"', '"verified"'));
    const tampered = await fetchIt(SMALL_REQUEST);
    expect([tampered.exitCode, tampered.stderr]).toEqual([6, expect.stringMatching(/is damaged[^]*next/)]);
    expect(sandbox.requests.length).toBe(asked);
  });

  test('a second process on the same folder says who is there', async () => {
    const sandbox = await withSandbox({ scenario: 'cold-start@6000' });
    const folder = temporaryFolder();
    const words = ['fetch', '--site-url', sandbox.siteUrl, ...SMALL_REQUEST, ...placesIn(folder)];
    const first = runCli(words);
    while (!sandbox.requests.length) await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await runCli(words);
    expect([second.exitCode, second.stderr]).toEqual([5, expect.stringMatching(/is in use: process \d+ on /)]);
    expect((await first).exitCode).toBe(0);
    expect(checkMd5Sums(path.join(folder, 'out'))).toBeGreaterThan(3);
  });
});
