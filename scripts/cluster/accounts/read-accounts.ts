/** `--accounts FILE`: several accounts, their secrets by reference. */
import path from 'node:path';
import { accountDigest } from '../../download/grant-ledger';
import { Failure } from '../../errors/errors';
import { readInputText } from '../../errors/read-input';
import { readYaml } from '../../lib/input/read-yaml';
import type { Redactor } from '../../lib/redact/redact';
import type { Account, Site } from '../../services/site';

export interface NamedAccount extends Account {
  /** As the file calls it, for people. */
  readonly name: string;
  /** Of its ledger. */
  readonly digest: string;
}

interface Row {
  readonly name: string;
  readonly username: string;
  readonly password: string;
}

const REFERENCE = /^(env|file):(.+)$/s;

/**
 * YAML or JSON: `accounts:` a list of `name`, `username` (a text or a reference) and `password` (a reference: `env:NAME` or `file:PATH`,
 * relative to the file).
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, ACCOUNT_REFERENCE
 */
export function readAccounts(
  file: string,
  site: Pick<Site, 'siteUrl'>,
  { environment, redactor }: { readonly environment: NodeJS.ProcessEnv; readonly redactor: Pick<Redactor, 'add'> },
): NamedAccount[] {
  const accounts = rowsOf(file).map(({ name, username, password }) => {
    const failed = (problem: string): Failure =>
      new Failure({ code: 'ACCOUNT_REFERENCE', path: file, account: name, problem });
    if (!REFERENCE.test(password)) throw failed('its password is not a reference');
    const resolve = (value: string): string => resolved(value, path.dirname(file), environment, failed);
    const account = { username: resolve(username), password: resolve(password) };
    redactor.add(account.password);
    return { name, ...account, digest: accountDigest({ siteUrl: site.siteUrl, username: account.username }) };
  });
  const twice = accounts.find(({ digest }, place) => accounts.findIndex((other) => other.digest === digest) < place);
  if (twice) throw malformed(file, [`${twice.name} has the user name of another account`]);
  const alike = accounts.find(({ name }, place) => accounts.findIndex((other) => other.name === name) < place);
  if (alike) throw malformed(file, [`two accounts are called ${alike.name}`]);
  return accounts;
}

function resolved(
  value: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
  failed: (problem: string) => Failure,
): string {
  const [, kind, where = ''] = REFERENCE.exec(value) ?? [];
  if (kind === undefined) return value;
  const found = kind === 'env' ? environment[where] : textOf(path.resolve(folder, where), failed);
  if (found === undefined || found === '') throw failed(`${value} is empty or not set`);
  return found;
}

function textOf(file: string, failed: (problem: string) => Failure): string {
  try {
    return readInputText(file, 'secret').replace(/\r?\n$/, '');
  } catch (error) {
    throw error instanceof Failure ? failed(`file:${file} cannot be read`) : error;
  }
}

function rowsOf(file: string): Row[] {
  const text = readInputText(file, 'accounts file');
  const read = readYaml(text);
  if ('problem' in read)
    throw malformed(file, [`it is neither YAML nor JSON: line ${read.place.line}: ${read.problem}`]);
  const { value } = read;
  const rows: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'accounts') : undefined;
  if (!Array.isArray(rows) || rows.length === 0) throw malformed(file, ['it has no list "accounts"']);
  return rows.map((row: unknown, place) => {
    if (isRow(row)) return row;
    throw malformed(file, [`account ${place + 1} needs the texts name, username and password`]);
  });
}

function isRow(row: unknown): row is Row {
  return (
    typeof row === 'object' &&
    row !== null &&
    ['name', 'username', 'password'].every((key) => typeof Reflect.get(row, key) === 'string')
  );
}

function malformed(file: string, problems: string[]): Failure {
  return new Failure({ code: 'FILE_MALFORMED', path: file, what: 'accounts file', problems });
}
