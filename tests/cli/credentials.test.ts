import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { readSite } from '../../scripts/services/site';
import { accountFor } from '../../scripts/session/account';
import { netrcEntries } from '../../scripts/session/netrc';
import { environmentFile } from '../helpers/environment-file';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

const HOST = 'identity.example';
const NETRC = `machine other.example login o password wrong
# machine ${HOST} login commented password wrong
macdef init
machine ${HOST} login macro password wrong

default login d password wrong
machine ${HOST.toUpperCase()}
  login alice
  password "a \\"b\\" c"
machine ${HOST} login bob account x password b0b
`;

interface Given {
  readonly file?: Record<string, string>;
  readonly variables?: Record<string, string>;
  readonly netrc?: string;
  readonly mode?: number;
  readonly passwordFile?: string | Buffer;
}

/** The account of a site that is no sandbox, with nobody to be asked. */
async function accountWith({ file = {}, variables = {}, netrc, mode = 0o600, passwordFile }: Given): Promise<unknown> {
  const home = temporaryFolder();
  const env = environmentFile(home, {
    site_url: 'https://site.example',
    access_token_url: `https://${HOST}/token`,
    ...file,
  });
  const environment: NodeJS.ProcessEnv = { HOME: home, ...variables };
  if (netrc !== undefined) {
    writeFileSync(path.join(home, '.netrc'), netrc);
    chmodSync(path.join(home, '.netrc'), mode);
  }
  if (passwordFile !== undefined) {
    environment.ADG_PASSWORD_FILE = path.join(home, 'secret');
    writeFileSync(environment.ADG_PASSWORD_FILE, passwordFile);
  }
  const { username, password } = await accountFor(readSite(env), {
    environment,
    redactor: createRedactor([]),
    unattended: true,
  });
  return `${username}:${password}`;
}

test.each<[string, Given, string]>([
  ['variables', { variables: { ADG_USER: 'u', ADG_PASSWORD: 'p', ADG_PASSW: 'q' }, passwordFile: 'f' }, 'u:p'],
  ['the spelling of the tutorial', { variables: { ADG_USER: 'u', ADG_PASSW: 'q' }, passwordFile: 'f' }, 'u:q'],
  ['a password file', { variables: { ADG_USER: 'u' }, passwordFile: ' with blanks \r\n' }, 'u: with blanks '],
  [
    "one that Windows' shell wrote",
    { variables: { ADG_USER: 'u' }, passwordFile: Buffer.from('\uFEFFpä$s\r\n', 'utf16le') },
    'u:pä$s',
  ],
  ['UTF-16 without a mark', { variables: { ADG_USER: 'u' }, passwordFile: Buffer.from('päß', 'utf16le') }, 'u:päß'],
  [
    'over the environment file',
    { variables: { ADG_USER: 'u' }, passwordFile: 'f', file: { username: 'u', password: 'e' } },
    'u:f',
  ],
  ['the environment file', { file: { username: 'e', password: 'ep' }, netrc: NETRC }, 'e:ep'],
  [
    'its password only for its own user',
    { variables: { ADG_USER: 'bob' }, file: { username: 'e', password: 'ep' }, netrc: NETRC },
    'bob:b0b',
  ],
  ['netrc: the first entry of the host', { netrc: NETRC }, 'alice:a "b" c'],
  ['netrc: the entry of the user', { variables: { ADG_USER: 'bob' }, netrc: NETRC }, 'bob:b0b'],
  ['netrc for the user name alone', { variables: { ADG_PASSWORD: 'p' }, netrc: NETRC }, 'alice:p'],
])('%s', async (_, given, expected) => {
  expect(await accountWith(given)).toBe(expected);
});

test.each<[string, Given, object]>([
  ['nothing', {}, { code: 'CREDENTIALS_MISSING', host: HOST }],
  ['another user in netrc', { variables: { ADG_USER: 'carol' }, netrc: NETRC }, { code: 'CREDENTIALS_MISSING' }],
  ['default alone', { netrc: 'default login d password p' }, { code: 'CREDENTIALS_MISSING' }],
  [
    'no entry in a netrc that others can read',
    { netrc: 'machine a login b password c', mode: 0o644 },
    { code: 'CREDENTIALS_MISSING' },
  ],
  [
    'a netrc that others can read',
    { netrc: NETRC, mode: 0o640 },
    { code: 'USAGE', next: expect.stringMatching(/^chmod 600 /) as string },
  ],
  [
    'a netrc that is not there',
    { variables: { NETRC: '/none/netrc' } },
    { code: 'FILE_UNREADABLE', path: '/none/netrc' },
  ],
  [
    'an empty password file',
    { variables: { ADG_USER: 'u' }, passwordFile: '\n' },
    { code: 'FILE_MALFORMED', what: 'password file' },
  ],
  [
    'a password file of two lines',
    { variables: { ADG_USER: 'u' }, passwordFile: 's3cret\nx\n' },
    { code: 'FILE_MALFORMED' },
  ],
  [
    'a password file that is not there',
    { variables: { ADG_USER: 'u', ADG_PASSWORD_FILE: '/none' } },
    { code: 'FILE_UNREADABLE' },
  ],
])('%s', async (_, given, expected) => {
  const error = await failureOf(accountWith(given));
  expect(error).toMatchObject(expected);
  expect(JSON.stringify(error)).not.toMatch(/s3cret|b0b|"b"/);
});

test('netrc on one line, with comments after entries and a macro at the end', () => {
  const text =
    'machine a login b password c#d machine e login f\n#machine x login y password z\nmachine g password h\nmacdef m\nx';
  expect(netrcEntries(text)).toEqual([
    { machine: 'a', login: 'b', password: 'c#d' },
    { machine: 'e', login: 'f' },
    { machine: 'g', password: 'h' },
  ]);
});
