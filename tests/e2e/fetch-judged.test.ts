import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { lockText } from '../../scripts/campaign/lock/campaign-lock';
import type { PackedPicture } from '../../scripts/reports/campaign/campaign-picture';
import { jsonReply } from '../../scripts/sandbox/http/reply';
import { startSandbox } from '../../scripts/sandbox/sandbox';
import { outputProblems } from '../../scripts/services/schema/validators';
import { lockIn, S1 } from '../helpers/campaign';
import { fetchInProcess } from '../helpers/fetch-in-process';
import { reportNames, runCli, temporaryFolder } from '../helpers/run-cli';
import { sharedCampaign } from '../helpers/shared-campaign';
import { withSandbox } from '../helpers/with-sandbox';

const WORDS = { mission: 'S1SAR', unit: 'A', productType: 'L1SLC', level0Names: [{ name: S1 }] };
const MISSING = /ADF type AUX_CAL is missing from the baselines of 1 of 1 Level-0 product/;

/** A campaign without AUX_CAL, and a frozen run of it in another folder. */
const made = { siteUrl: '', origin: '', frozen: '', exitCodes: [] as unknown[] };
beforeAll(async () => {
  const sandbox = await startSandbox({
    faults: [{ entry: (e) => ({ ...e, adfs: e.adfs.filter(({ type }) => type.longName !== 'AUX_CAL') }) }],
  });
  const [folder, elsewhere] = [temporaryFolder(() => undefined), temporaryFolder(() => undefined)];
  const { siteUrl } = sandbox;
  const fetched = await fetchInProcess({ folder, siteUrl, options: { words: WORDS } });
  Object.assign(made, { siteUrl, origin: path.join(folder, 'out'), frozen: path.join(elsewhere, 'out') });
  const again = await fetchInProcess({ folder: elsewhere, siteUrl, options: { frozen: made.origin } });
  made.exitCodes = [fetched, again].map(({ exitCode, errors }) => [exitCode, errors]);
  return async () => {
    await sandbox.close();
    for (const place of [folder, elsewhere]) rmSync(place, { recursive: true });
  };
});

const copyOf = (origin: string): string => {
  const folder = path.join(temporaryFolder(), 'out');
  cpSync(origin, folder, { recursive: true });
  return folder;
};

describe('a campaign that was judged incomplete', () => {
  test('is not green in fetch --frozen, whose lock says the same', () => {
    const red = [1, ['ADF_TYPE_MISSING']];
    expect(made.exitCodes).toEqual([red, red]);
    const [first, second] = [lockIn(made.origin), lockIn(made.frozen)];
    expect([second.completeness, second.matrix]).toEqual([first.completeness, first.matrix]);
  });

  test('is not green in verify, which says when it was judged', async () => {
    for (const folder of [made.origin, made.frozen]) {
      const { exitCode, stdout } = await runCli(['verify', folder]);
      expect([exitCode, stdout]).toEqual([1, expect.stringMatching(MISSING)]);
      expect(stdout).toMatch(/each with the right size and MD5; the baselines were judged incomplete on 20\d\d-/);
    }
  });

  test('has its matrix in a frozen run too', () => {
    const reports = path.join(made.frozen, '..', 'reports');
    const report = path.join(reports, reportNames(reports)[0] ?? '');
    const picture = JSON.parse(readFileSync(path.join(report, 'campaign.json'), 'utf8')) as PackedPicture;
    const row = picture.matrix.types.find(({ type }) => type === 'AUX_CAL');
    expect(row?.findings.map(({ state, why }) => [state, why])).toEqual([['missing', 'type']]);
    expect(picture.facts.some(({ status }) => status === 'verified')).toBe(true);
    expect(readFileSync(path.join(report, 'campaign.html'), 'utf8')).toMatch(/AUX_CAL/);
  });

  test('is green once the type may be missing, and stays so', async () => {
    const out = copyOf(made.origin);
    const frozen = await fetchInProcess({
      folder: path.dirname(out),
      siteUrl: made.siteUrl,
      options: { frozen: out, allowMissing: ['AUX_CAL'] },
    });
    expect([frozen.exitCode, frozen.errors]).toEqual([0, []]);
    expect(frozen.output).toMatch(/AUX_CAL is missing for 1 Level-0 product, as allowed/);
    const { exitCode, stdout } = await runCli(['verify', out]);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/AUX_CAL is missing for 1 Level-0 .*, as allowed/)]);
  });
});

test('a complete campaign keeps its judgement and its matrix, and a changed matrix is noticed', async () => {
  const out = copyOf(await sharedCampaign('small'));
  expect(lockIn(out).completeness).toMatchObject({ source: 'reprocessing.svc', errors: [], allowed: [] });
  expect(outputProblems('lock', lockIn(out))).toEqual([]);
  const matrix = path.join(out, 'matrix.json');
  expect(outputProblems('campaign', JSON.parse(readFileSync(matrix, 'utf8')))).toEqual([]);
  const text = readFileSync(matrix, 'utf8');
  writeFileSync(matrix, text.replace('"present"', '"missing"'));
  expect(await runCli(['verify', out])).toMatchObject({ exitCode: 6 });
  rmSync(matrix);
  expect(await runCli(['verify', out])).toMatchObject({ exitCode: 1 });
});

test('a lock without its matrix is fetched without one, and never keeps that of another', async () => {
  const out = copyOf(made.frozen);
  writeFileSync(path.join(out, 'matrix.json'), '{}');
  const { exitCode } = await fetchInProcess({
    folder: path.dirname(out),
    siteUrl: made.siteUrl,
    options: { frozen: out },
  });
  expect([exitCode, lockIn(out).matrix, existsSync(path.join(out, 'matrix.json'))]).toEqual([1, undefined, false]);
});

test('a judgement that is none makes a lock none', async () => {
  const out = copyOf(made.frozen);
  const lock = Object.fromEntries(Object.entries(lockIn(out)).filter(([key]) => key !== 'sha256'));
  const broken = { ...lock, completeness: { errors: [{ code: 'ADF_TYPE_MISSING' }] } };
  writeFileSync(path.join(out, 'auxflow.lock.json'), [...lockText(broken as never)].join(''));
  expect(await runCli(['verify', out])).toMatchObject({ exitCode: 6 });
});

test('a plan, and a list, of what the catalogue does not have is not green', async () => {
  const { siteUrl } = await withSandbox({
    faults: [
      {
        async aroundService(request, answer) {
          const reply = await answer(request);
          const { body } = reply;
          if (!request.path.includes('/auxip.svc/Products') || typeof body !== 'string') return reply;
          const entry = JSON.parse(body) as { Name?: string };
          if (entry.Name === undefined) return { ...reply, body: JSON.stringify({ ...entry, value: [] }) };
          return entry.Name.includes('AUX_CAL') ? jsonReply(404, { error: { code: null, message: 'none' } }) : reply;
        },
      },
    ],
  });
  for (const mode of ['plan', 'list'] as const) {
    const options = { words: WORDS, mode };
    const { exitCode, errors } = await fetchInProcess({ folder: temporaryFolder(), siteUrl, options });
    expect([exitCode, errors]).toEqual([4, ['NOT_FOUND']]);
  }
});
