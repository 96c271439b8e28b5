import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { copyOfCheckout } from '../helpers/copy-of-checkout';

const runFile = promisify(execFile);

export interface Pack {
  readonly file: string;
  readonly unpackedSize: number;
  /** Relative to the package. */
  readonly paths: readonly string[];
}

/** `npm pack` in a copy of this checkout without a build: prepack makes one. */
export async function packInto(folder: string): Promise<Pack> {
  const clone = copyOfCheckout(path.join(folder, 'clone'));
  const words = ['pack', '--json', '--silent', '--pack-destination', folder];
  const { stdout } = await runFile('npm', words, { cwd: clone, env: npmEnvironment });
  const [{ filename, unpackedSize, files }] = JSON.parse(stdout) as [
    { filename: string; unpackedSize: number; files: { path: string }[] },
  ];
  return { file: path.join(folder, filename), unpackedSize, paths: files.map((entry) => entry.path) };
}

/** Installs it globally, as a user does. @returns the package's folder; undefined where the registry cannot be reached */
export async function installInto(prefix: string, { file }: Pack): Promise<string | undefined> {
  mkdirSync(prefix, { recursive: true });
  const words = ['install', '--global', '--prefix', prefix, '--prefer-offline', '--no-audit', '--no-fund', file];
  try {
    await runFile('npm', words, { cwd: prefix, env: npmEnvironment });
  } catch (error) {
    if (!/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(String(error)))
      throw error;
    console.warn('Skipped: the registry of npm cannot be reached, so nothing can be installed.');
    return undefined;
  }
  return path.join(prefix, 'lib', 'node_modules', 'auxflow');
}

const npmEnvironment = { ...process.env, npm_config_ignore_scripts: 'false', npm_config_update_notifier: 'false' };
