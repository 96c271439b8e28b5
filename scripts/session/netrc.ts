import { statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../errors/errors';
import { readInputIfThere, readInputText } from '../errors/read-input';
import { homeFolder } from '../lib/input/home-folder';
import type { Account } from '../services/site';

/**
 * The account that ~/.netrc (or the file that NETRC names) has for a host, as curl and ftp read it; with a user name, the entry of
 * that login. A `default` entry is not used: it would send a password to any host.
 * @throws Failure USAGE if other users can read the file, FILE_UNREADABLE
 */
export function netrcAccount(
  host: string,
  user: string | undefined,
  environment: NodeJS.ProcessEnv,
): Account | undefined {
  const home = environment.HOME || homeFolder();
  const file = environment.NETRC || (home && path.join(home, netrcName()));
  if (!file) return undefined;
  const text = environment.NETRC ? readInputText(file, 'netrc file') : readInputIfThere(file, 'netrc file');
  if (text === undefined) return undefined;
  const entry = netrcEntries(text).find(
    ({ machine, login }) => machine.toLowerCase() === host.toLowerCase() && (user === undefined || login === user),
  );
  if (!entry?.login || !entry.password) return undefined;
  refuseReadable(file);
  return { username: entry.login, password: entry.password };
}

function netrcName(): string {
  return process.platform === 'win32' ? '_netrc' : '.netrc';
}

/** Bits of the group and of others. */
const FOR_OTHERS = 0o077;

function refuseReadable(file: string): void {
  if (process.platform === 'win32' || (statSync(file).mode & FOR_OTHERS) === 0) return;
  throw new Failure({
    code: 'USAGE',
    problem: `${file} has a password and can be read by other users: it was not used.`,
    next: `chmod 600 ${file}`,
  });
}

interface NetrcEntry {
  readonly machine: string;
  login?: string;
  password?: string;
}

/** Words separated by white space, in quotes if need be; a line that begins with # is a comment, a macdef ends at an empty line. */
export function netrcEntries(text: string): NetrcEntry[] {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^[ \t]*#.*$/gm, '')
    .replace(/(^|\s)macdef\s[^]*?(?:\n[ \t]*\n|$)/g, '$1');
  const words = [...plain.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '',
  );
  const entries: NetrcEntry[] = [];
  for (let place = 0; place < words.length; place++) {
    const last = entries.at(-1);
    const keyword = words[place];
    if (keyword === 'machine') entries.push({ machine: words[++place] ?? '' });
    else if (keyword === 'default') entries.push({ machine: '' });
    else if (keyword === 'login' && last) last.login = words[++place];
    else if (keyword === 'password' && last) last.password = words[++place];
    else if (keyword === 'account') place++;
  }
  return entries;
}
