import { describe, expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { corporateNetwork, type CorporateNetwork } from '../helpers/corporate-network';
import { drawTests } from '../helpers/draw-tests';
import { placesIn, runCli, temporaryFolder, type CliResult } from '../helpers/run-cli';

drawTests(6);

function ask(verb: string, network: CorporateNetwork, words: readonly string[], proxy?: string): Promise<CliResult> {
  const folder = temporaryFolder();
  const request =
    verb === 'contract'
      ? ['--folder', 'rdb.svc known', '--reports', folder]
      : ['doctor', 'drift'].includes(verb)
        ? []
        : [...SMALL_REQUEST, ...placesIn(folder)];
  const all = [verb, '--env', network.environmentFile, ...words, ...request];
  return runCli(all, { environment: network.environment(proxy) });
}

describe.each(sampleOf(['run', 'doctor', 'contract'], 1))('auxflow %s', (verb) => {
  test('goes through a proxy with a password to a site of another CA', async () => {
    const network = await corporateNetwork({ proxyLogin: 'corp:p@ss:w%rd' });
    const { exitCode, stdout, stderr } = await ask(verb, network, ['--ca-file', network.caFile]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('p@ss');
    expect(new Set(network.connected)).toContain('site.auxflow.test');
  });
});

describe.each(sampleOf(['fetch', 'doctor', 'contract'], 1))('auxflow %s', (verb) => {
  test('a proxy that wants a password: its own sentence and exit code', async () => {
    const network = await corporateNetwork({ proxyLogin: 'corp:secret' });
    const proxy = network.environment().HTTPS_PROXY?.replace('corp:secret@', '');
    const { exitCode, stdout, stderr } = await ask(verb, network, ['--ca-file', network.caFile], proxy);
    expect([exitCode, stdout + stderr]).toEqual([
      3,
      expect.stringMatching(/proxy .*(requires a user name|status 407)/),
    ]);
  });
});

describe.each(sampleOf(['run', 'drift'], 1))('auxflow %s', (verb) => {
  test('a dead proxy', async () => {
    const network = await corporateNetwork();
    const { exitCode, stdout, stderr } = await ask(verb, network, ['--ca-file', network.caFile], 'http://127.0.0.1:1');
    const said = /proxy http:\/\/127[.]0[.]0[.]1:1 could not connect: ECONNREFUSED/;
    expect([exitCode, stdout + stderr]).toEqual([5, expect.stringMatching(said)]);
  });

  test('an unknown CA', async () => {
    const network = await corporateNetwork();
    const { exitCode, stdout, stderr } = await ask(verb, network, []);
    expect([exitCode, stdout + stderr]).toEqual([5, expect.stringMatching(/certificate|SELF_SIGNED|UNABLE_TO/i)]);
  });
});

test('a host of NO_PROXY is reached without the proxy, the others through it, all with the given CA', async () => {
  const network = await corporateNetwork();
  const environment = { ...network.environment(), NO_PROXY: 'elsewhere.test, store.auxflow.test' };
  const words = ['fetch', '--env', network.environmentFile, '--ca-file', network.caFile];
  const { exitCode, stdout } = await runCli([...words, ...SMALL_REQUEST, ...placesIn(temporaryFolder())], {
    environment,
  });
  // Only the proxy knows where the store is.
  expect([exitCode, stdout]).toEqual([5, expect.stringMatching(/ENOTFOUND|EAI_AGAIN/)]);
  expect(new Set(network.connected)).toEqual(new Set(['site.auxflow.test']));
});

test('a proxy without a scheme speaks HTTP', async () => {
  const network = await corporateNetwork({ proxyLogin: 'corp:secret' });
  const proxy = network.environment().HTTPS_PROXY?.replace('http://', '');
  const { exitCode, stderr } = await ask('doctor', network, ['--ca-file', network.caFile], proxy);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(new Set(network.connected)).toContain('site.auxflow.test');
});

test('a client certificate is shown where it is wanted', async () => {
  const network = await corporateNetwork({ wantsClientCertificate: true });
  const words = ['--ca-file', network.caFile, '--client-cert', network.clientCert, '--client-key', network.clientKey];
  expect((await ask('run', network, words)).exitCode).toBe(0);
  const without = await ask('run', network, ['--ca-file', network.caFile]);
  expect(without.exitCode).toBe(5);
});

test('half a client certificate, and a CA file that is none', async () => {
  const network = await corporateNetwork();
  const half = await ask('run', network, ['--client-cert', network.clientCert]);
  expect([half.exitCode, half.stderr]).toEqual([2, expect.stringContaining('belong together')]);
  const wrong = await ask('run', network, ['--ca-file', network.environmentFile]);
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('not PEM')]);
});

test('this machine is never reached through a proxy', async () => {
  const environment = { HTTPS_PROXY: 'http://127.0.0.1:1', HTTP_PROXY: 'http://127.0.0.1:1', ALL_PROXY: 'http://127.0.0.1:1' };
  const words = ['run', ...SMALL_REQUEST, ...placesIn(temporaryFolder())];
  expect((await runCli(words, { environment })).exitCode).toBe(0);
}); // prettier-ignore
