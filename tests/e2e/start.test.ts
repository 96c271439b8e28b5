import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../helpers/run-cli';

const start = (environment: Record<string, string>) => runCli(['--version'], { environment });

/** What makes Node fail when the compiler is loaded: in any process, or in that of the command line alone. */
async function withoutCompiler(folder: string, where: 'anywhere' | 'command line'): Promise<Record<string, string>> {
  const file = path.join(folder, `without-compiler-${where}.js`);
  const refuse = `(id) => { if (/ts-node|typescript$|@swc/.test(id)) throw new Error('the compiler is loaded'); }`;
  await writeFile(
    file,
    `const { Module } = require('node:module');
     const load = Module.prototype.require;
     const check = ${where === 'anywhere'} || process.argv[1].endsWith('auxflow.js') ? ${refuse} : () => undefined;
     Module.prototype.require = function (id) { check(id); return load.call(this, id); };`,
  );
  return { NODE_OPTIONS: `--require="${file}"` };
}

test('the compiler works once, in a process of its own, and not again for what it compiled', async () => {
  const folder = temporaryFolder();
  const kept = { XDG_CACHE_HOME: folder };
  const never = { ...kept, ...(await withoutCompiler(folder, 'anywhere')) };
  expect((await start(never)).stderr).toContain('the compiler is loaded');
  const first = await start({ ...kept, ...(await withoutCompiler(folder, 'command line')) });
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await start(never)).toEqual(first);
});

test('what was kept and cut off is compiled anew', async () => {
  const folder = temporaryFolder();
  const first = await start({ XDG_CACHE_HOME: folder });
  const kept = path.join(folder, 'auxflow');
  const names = await readdir(kept);
  await Promise.all(names.map((name) => truncate(path.join(kept, name), 0)));
  expect(await start({ XDG_CACHE_HOME: folder })).toEqual(first);
  for (const name of names) expect((await readFile(path.join(kept, name))).length).toBeGreaterThan(0);
});

test('without a folder to keep it in, it starts all the same', async () => {
  expect(await start({ XDG_CACHE_HOME: '/dev/null' })).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a reader that goes away is no fault', async () => {
  const listed = await runCli(['sandbox', '--list-mutants'], { started: ({ stdout }) => stdout?.destroy() });
  expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
});
