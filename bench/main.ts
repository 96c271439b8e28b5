/** `npm run bench -- <name> [options]`: one of the measurements beside this file. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [name = '', ...options] = process.argv.slice(2);
const file = path.join(__dirname, `${name}.ts`);
const names = readdirSync(__dirname).flatMap((entry) => /^(?!main)([\w-]+)[.]ts$/.exec(entry)?.[1] ?? []);

if (names.includes(name) && existsSync(file)) {
  process.exitCode =
    spawnSync(process.execPath, ['-r', 'ts-node/register', file, ...options], { stdio: 'inherit' }).status ?? 1;
} else {
  console.error(`Which bench? There are: ${names.join(', ')}.`);
  process.exitCode = 2;
}
