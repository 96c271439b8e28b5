import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createProgram, parse } from '../../scripts/cli/program';
import type { Terminal } from '../../scripts/cli/terminal';
import { loadDotEnv } from '../../scripts/cli/settings/dotenv';
import { parseConfig } from '../../scripts/cli/settings/read-config';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

/** What a verb is called with, and the variables of its process then. */
async function settled(
  words: readonly string[],
  { config, variables = {} }: { config?: object; variables?: Record<string, string> } = {},
): Promise<{ flags: Record<string, unknown>; environment: NodeJS.ProcessEnv; notes: readonly string[] }> {
  const environment: NodeJS.ProcessEnv = { ...variables };
  if (config) {
    environment.AUXFLOW_CONFIG = path.join(temporaryFolder(), 'settings.json');
    writeFileSync(environment.AUXFLOW_CONFIG, JSON.stringify(config));
  }
  const terminal: Terminal = {
    out: process.stdout,
    err: process.stderr,
    environment,
    signal: new AbortController().signal,
    redactor: createRedactor([]),
    notes: [],
    listener: () => () => undefined,
  };
  const program = createProgram(terminal, () => undefined);
  let flags: Record<string, unknown> = {};
  for (const command of program.commands) command.action(() => void (flags = command.opts()));
  await parse(program, words);
  return { flags, environment, notes: terminal.notes };
}

// The order is in docs/configuration.md.
test.each<
  [string, readonly string[], { config?: object; variables?: Record<string, string> }, Record<string, unknown>]
>([
  ['defaults', ['fetch'], {}, { env: 'sandbox', reports: 'reports', parallel: 5, user: undefined }],
  [
    'config over defaults',
    ['fetch'],
    {
      config: {
        environment: 'production',
        out: 'o',
        reports: 'r',
        parallel: 2,
        user: 'c',
        quota: { run: 3, pause: 1.5 },
      },
    },
    { env: 'production', out: 'o', reports: 'r', parallel: 2, user: 'c', quotaRun: 3, quotaPause: 1.5 },
  ],
  [
    'variables over config',
    ['fetch'],
    { config: { environment: 'sandbox', user: 'c' }, variables: { AUXFLOW_ENV: 'production', ADG_USER: 'v' } },
    { env: 'production', user: 'v' },
  ],
  [
    'an empty variable is none',
    ['fetch'],
    { config: { environment: 'production', user: 'c' }, variables: { AUXFLOW_ENV: '', ADG_USER: '' } },
    { env: 'production', user: 'c' },
  ],
  [
    'the command line over all',
    ['fetch', '--env', 'sandbox', '-u', 'l', '--reports', 'here', '--quota-run', '9'],
    {
      config: { environment: 'production', reports: 'r', user: 'c', quota: { run: 3 } },
      variables: { AUXFLOW_ENV: 'production', ADG_USER: 'v' },
    },
    { env: 'sandbox', user: 'l', reports: 'here', quotaRun: 9 },
  ],
  [
    'a profile over the settings next to it, also inside quota',
    ['fetch', '--env', 'nightly'],
    {
      config: {
        reports: 'r',
        quota: { run: 3, budgetGb: 20 },
        profiles: { nightly: { environment: 'production', quota: { run: 4 } } },
      },
    },
    { env: 'production', reports: 'r', quotaRun: 4, budgetGb: 20 },
  ],
  [
    'a profile that a variable names',
    ['doctor'],
    { config: { profiles: { n: { environment: 'production', user: 'p' } } }, variables: { AUXFLOW_ENV: 'n' } },
    { env: 'production', user: 'p' },
  ],
  [
    'the tutorial is always the same',
    ['tutorial'],
    { config: { environment: 'production', reports: 'r' }, variables: { AUXFLOW_ENV: 'production' } },
    { env: 'sandbox', reports: 'reports' },
  ],
])('%s', async (_, words, given, expected) => {
  const { flags } = await settled(words, given);
  expect(flags).toMatchObject(Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)));
  for (const [name, value] of Object.entries(expected)) expect([name, flags[name]]).toEqual([name, value]);
});

test.each<[string, object | undefined, Record<string, string>, readonly string[], RegExp | undefined]>([
  ['nobody chose', undefined, {}, [], /^ADG_USER is set, but no environment is named .* add --env production\.$/],
  ['the config file of auxflow init', { environment: 'sandbox' }, {}, [], /but auxflow\.config\.json names no other/],
  ['a config file with production', { environment: 'production' }, {}, [], undefined],
  ['--env', { environment: 'sandbox' }, {}, ['--env', 'sandbox'], undefined],
  ['AUXFLOW_ENV', undefined, { AUXFLOW_ENV: 'sandbox' }, [], undefined],
  ['--site-url', { environment: 'sandbox' }, {}, ['--site-url', 'http://127.0.0.1:1'], undefined],
])('an account for the sandbox that %s named', async (_, config, variables, words, says) => {
  const given = { config, variables: { ...variables, ADG_USER: 'u' } };
  const { notes } = await settled(['doctor', ...words], given);
  expect(notes).toEqual(says ? [expect.stringMatching(says)] : []);
});

test('proxies of the config file are set where the process names none, in either case', async () => {
  const config = { proxies: { https: 'http://p:1', http: 'http://p:2', none: ['a', '.b'] } };
  const { environment } = await settled(['doctor'], { config, variables: { https_proxy: 'http://mine:3' } });
  expect(environment).toMatchObject({ https_proxy: 'http://mine:3', HTTP_PROXY: 'http://p:2', NO_PROXY: 'a,.b' });
  expect(environment.HTTPS_PROXY).toBeUndefined();
});

test.each([
  ['prod', 'production'],
  ['Sandbx', 'sandbox'],
  ['nigthly', 'nightly'],
  ['elsewhere.json', undefined],
])('an unknown environment: %s', async (env, meant) => {
  const given = { config: { profiles: { nightly: {} } } };
  const error = await failureOf(settled(['doctor', '--env', env], given));
  expect(error).toMatchObject({ code: 'FILE_UNREADABLE', path: env });
  expect(error).toHaveProperty('meant', meant);
});

describe('a config file says where it is wrong', () => {
  test.each([
    ['{"enviroment": "sandbox"}', 'enviroment is unknown (did you mean "environment"?)'],
    ['{"quota": {"pauses": 1}}', 'quota.pauses is unknown (did you mean "pause"?)'],
    ['{"profiles": {"n": {"quota": {"run": "5"}}}}', 'profiles.n.quota.run must be a whole number, not "5"'],
    ['{"parallel": 0}', 'parallel must be >= 1, not 0'],
    ['{"proxies": {"none": "a"}}', 'proxies.none must be a list, not "a"'],
    ['{"out": null}', 'out must be a text, not null'],
    ['[]', 'the file must be an object, not []'],
    ['{"out": "o",\n "reports": }', 'it is not JSON (line 2, column 13)'],
    ['{"out": "o"', 'it is not JSON (line 1, column 12)'],
    ['{"profiles": {"production": {}}}', 'profiles.production has the name of an environment'],
  ])('%s', (text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test.each([
    '{"password": "pa55"}',
    '{"quota": {"run": 1}, "profiles": {"n": {"Password": "pa55"}}}',
    '{"adg_passw": "pa55"}',
    '{"clientSecret": "pa55"}',
    '{"proxies": {"https": "http://user:pa55@proxy:8080"}}',
    '{"siteUrl": "https://user:pa55@site"}',
  ])('a password is refused and not repeated: %s', (text) => {
    const problems = problemsIn(text);
    expect(problems).toEqual([expect.stringMatching(/: a password does not belong in this file.*ADG_PASSWORD_FILE/)]);
    expect(problems.join()).not.toContain('pa55');
  });
});

function problemsIn(text: string): readonly string[] {
  try {
    parseConfig(text);
  } catch (error) {
    return (error as { detail: { problems: readonly string[] } }).detail.problems;
  }
  throw new Error('it was accepted');
}

describe('.env', () => {
  test.each<[string, string, Record<string, string>, Record<string, string>]>([
    ['is added', 'ADG_USER=u\nADG_PASSWORD="p # q"\n', {}, { ADG_USER: 'u', ADG_PASSWORD: 'p # q' }],
    ['does not replace', 'ADG_USER=u', { ADG_USER: 'mine' }, { ADG_USER: 'mine' }],
    ['replaces what is empty', 'ADG_USER=u', { ADG_USER: '' }, { ADG_USER: 'u' }],
    [
      'its password is hidden by a password file',
      'ADG_PASSWORD=p',
      { ADG_PASSWORD_FILE: 'f' },
      { ADG_PASSWORD_FILE: 'f' },
    ],
    ['its password file is hidden by a password', 'ADG_PASSWORD_FILE=f', { ADG_PASSW: 'p' }, { ADG_PASSW: 'p' }],
    [
      'its proxy is hidden in either case',
      'HTTPS_PROXY=http://a',
      { https_proxy: 'http://b' },
      { https_proxy: 'http://b' },
    ],
    [
      'sets nothing of Node',
      'NODE_OPTIONS=--require=x\nPATH=/x\nNODE_TLS_REJECT_UNAUTHORIZED=0\nAUXFLOW_ENV=production',
      {},
      { AUXFLOW_ENV: 'production' },
    ],
    [
      'may have a byte order mark and Windows line ends',
      '\uFEFFADG_USER=u\r\nAUXFLOW_ENV=sandbox\r\n',
      {},
      { ADG_USER: 'u', AUXFLOW_ENV: 'sandbox' },
    ],
  ])('%s', (_, text, before, after) => {
    const file = path.join(temporaryFolder(), '.env');
    writeFileSync(file, text);
    const environment: NodeJS.ProcessEnv = { ...before };
    loadDotEnv(environment, file);
    expect(environment).toEqual(after);
  });

  test('need not be there, and may be a folder', () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, '.env'));
    const environment: NodeJS.ProcessEnv = {};
    loadDotEnv(environment, path.join(folder, '.env'));
    loadDotEnv(environment, path.join(folder, 'none'));
    expect(environment).toEqual({});
  });
});
