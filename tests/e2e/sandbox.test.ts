import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS, SCENARIOS } from '../../scripts/sandbox/sandbox';
import { drawTests } from '../helpers/draw-tests';
import { runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';
import { withCliSandbox } from '../helpers/with-cli-sandbox';
import { orderSandbox } from '../helpers/order-sandbox';

drawTests(4);

async function tokenOf(siteUrl: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'password',
    client_id: 'reprocessing-preparation',
    username: 'user',
    password: 'password',
  });
  const answer = await fetch(`${siteUrl}/auth/realms/reprocessing-preparation/protocol/openid-connect/token`, {
    method: 'POST',
    body,
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const get = async (url: string, token: string): Promise<Response> =>
  fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });

test('one JSON line when it listens, a taken port is said, SIGTERM is a good end', async () => {
  let second: CliResult | undefined;
  const { exitCode, stdout } = await withCliSandbox([], async ({ siteUrl }) => {
    second = await runCli(['sandbox', '--port', new URL(siteUrl).port]);
  });
  expect(JSON.parse(stdout)).toEqual({
    ready: true,
    site_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    store_url: expect.stringMatching(/^http:\/\/localhost:\d+$/) as string,
  });
  expect([exitCode, second?.exitCode, second?.stderr]).toEqual([
    0,
    2,
    expect.stringMatching(/Port \d+ is in use[^]*--port/),
  ]);
});

test('--list-scenarios names every scenario with its effect', async () => {
  const { exitCode, stdout } = await runCli(['sandbox', '--list-scenarios']);
  const names = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ +/)[0]);
  expect([exitCode, names]).toEqual([0, SCENARIOS.map(({ name }) => name)]);
});

test('--scenario strikes; the control endpoint switches it at run time', async () => {
  await withCliSandbox(['--scenario', 'proxy-502:always'], async ({ siteUrl }) => {
    const token = await tokenOf(siteUrl);
    expect((await get(`${siteUrl}/auxip.svc/Products?$top=1`, token)).status).toBe(502);
    await orderSandbox(siteUrl, 'scenario', 'healthy');
    expect((await get(`${siteUrl}/auxip.svc/Products?$top=1`, token)).status).toBe(200);
  });
  const unknown = await runCli(['sandbox', '--scenario', 'nonsense']);
  expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringMatching(/nonsense[^]*--list-scenarios/)]);
});

test('--list-mutants names every mutant with its group and defect', async () => {
  const { exitCode, stdout } = await runCli(['sandbox', '--list-mutants']);
  const listed = stdout.trimEnd().split('\n');
  expect([exitCode, listed.length]).toEqual([0, MUTANTS.length]);
  for (const [index, { group, name, defect }] of MUTANTS.entries()) {
    expect(listed[index]?.replace(/ +/g, ' ')).toContain(`${group} ${name} ${defect}`);
  }
  expect(stdout).toMatch(/token-expiry-unchecked .*\(shows with --token-seconds 2\)/);
});

test('--mutant is in from the start; the control endpoint switches it at run time', async () => {
  await withCliSandbox(['--mutant', 'content-length-renamed'], async ({ siteUrl }) => {
    const token = await tokenOf(siteUrl);
    const product = async () => (await get(`${siteUrl}/auxip.svc/Products?$top=1`, token)).text();
    expect(await product()).toContain('"Size":');
    await orderSandbox(siteUrl, 'mutant', 'none');
    expect(await product()).not.toContain('"Size":');
  });
  const unknown = await runCli(['sandbox', '--mutant', 'nonsense']);
  expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringMatching(/nonsense[^]*--list-mutants/)]);
});

test('--gateway, --token-seconds and --profile', async () => {
  await withCliSandbox(
    ['--gateway', 'bearer-only', '--token-seconds', '1', '--profile', 'icd'],
    async ({ siteUrl }) => {
      const token = await tokenOf(siteUrl);
      const unknown = `${siteUrl}/auxip.svc/Products(00000000-0000-4000-8000-000000000000)`;
      expect((await get(unknown, token)).status).toBe(404);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect((await get(unknown, token)).status).toBe(401);
    },
  );
});

test('--catalogue serves the names of a folder, and names the lines it could not read', async () => {
  const folder = temporaryFolder();
  const level0 = 'S1A_IW_RAW__0SDV_20200103T110351_20200103T110420_030635_0382AC_CCA9.SAFE.zip';
  const orbit = 'S1A_OPER_AUX_POEORB_OPOD_20200124T120750_V20200102T225942_20200104T005942.EOF.zip';
  const type = {
    LongName: 'AUX_POEORB_S1',
    ShortName: 'AUX_POE',
    Mission: 'S1SAR',
    ProductTypes: ['L1SLC'],
    Rule: 'LatestValCover',
    Variability: 'Dynamic',
    Validity: 'ValidityPeriod',
    Format: 'EOF',
  };
  writeFileSync(path.join(folder, 'aux-types.json'), JSON.stringify([type]));
  writeFileSync(path.join(folder, 'level0.txt'), `${level0}\nnonsense\n`);
  writeFileSync(path.join(folder, 's1-aux-names.txt'), `${orbit}\n`);
  const { stderr } = await withCliSandbox(['--catalogue', folder], async ({ siteUrl }) => {
    const call = `getReprocessingDataBaseline(l0_names='${level0}',mission='S1SAR',unit='A',product_type='L1SLC')`;
    const answer = await get(`${siteUrl}/rdb.svc/${call}`, await tokenOf(siteUrl));
    expect(await answer.json()).toMatchObject({ value: [{ Level0: level0, AuxDataFiles: [{ Name: orbit }] }] });
  });
  expect(stderr).toBe(
    '1 ADF type, 1 ADF, 1 Level-0 name; 1 line could not be read, the first are\n  level0.txt:2: nonsense\n',
  );
  const missing = await runCli(['sandbox', '--catalogue', '/nowhere']);
  expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringMatching(/\/nowhere[^]*next/)]);
});
