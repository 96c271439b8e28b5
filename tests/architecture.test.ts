import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../scripts/lib/package-root';

const SCRIPTS = path.join(ROOT, 'scripts');
const MAX_FILES_IN_FOLDER = 25;

const files = readdirSync(SCRIPTS, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((name) => name.endsWith('.ts'));

/** Imports that are there when the program runs: those of types alone are gone by then. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(SCRIPTS, file), 'utf8');
  const specifiers = [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm)];
  return specifiers.flatMap(([, named, lazy]) => {
    const target = path.posix.join(path.posix.dirname(file), named ?? lazy ?? '');
    return [`${target}.ts`, target].filter((name) => files.includes(name));
  });
}

test('no import cycle', () => {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  expect([...graph.values()].flat().length).toBeGreaterThan(files.length);
  const done = new Set<string>();
  const cycles: string[][] = [];
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) return void cycles.push([...trail.slice(trail.indexOf(file)), file]);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(cycles).toEqual([]);
});

test('no folder holds more files than a reader can take in', () => {
  const perFolder = new Map<string, number>();
  for (const folder of files.map((file) => path.posix.dirname(file)))
    perFolder.set(folder, (perFolder.get(folder) ?? 0) + 1);
  expect([...perFolder].filter(([, count]) => count > MAX_FILES_IN_FOLDER)).toEqual([]);
});

test('imports point downwards in the table of docs/architecture.md, which has every folder', () => {
  const table = readFileSync(path.join(ROOT, 'docs', 'architecture.md'), 'utf8');
  const order = [...table.matchAll(/^\| `([a-z-]+)\/` +\|/gm)].map(([, folder = '']) => folder);
  const folderOf = (file: string): string => file.split('/')[0] ?? '';
  const folders = new Set(files.filter((file) => !file.endsWith('.d.ts')).map(folderOf));
  expect([...folders].sort()).toEqual([...order].sort());
  const upwards = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => order.indexOf(folderOf(target)) < order.indexOf(folderOf(file)))
      .map((target) => `${file} → ${target}`),
  );
  expect(upwards).toEqual([]);
});
