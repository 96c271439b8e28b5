/** What is red first in a folder of our suite, by Newman or by a runner that takes a twentieth of its time. */
import { createRedactor } from '../../scripts/lib/redact/redact';
import { runSuite } from '../../scripts/newman/run-suite';
import { runFolder } from './light/run-folder';
import type { Collection } from './suite';

export type Runner = 'light' | 'newman';

/** Resolves to folder, request and check; undefined when all is green. */
export type FirstRed = (
  collection: Collection,
  folder: string,
  variables: Readonly<Record<string, string>>,
) => Promise<string | undefined>;

export function firstRedOf(runner: Runner): FirstRed {
  return runner === 'light' ? firstRedOfLight : firstRedOfNewman;
}

const firstRedOfLight: FirstRed = async (collection, folder, variables) => {
  let red: string | undefined;
  await runFolder(collection, folder, variables, ({ name, checks, fault }) => {
    const failed = checks.find(({ outcome }) => outcome === 'failed');
    if (failed ?? fault) red = words(folder, name, failed?.name ?? fault);
    return red === undefined;
  });
  return red;
};

const firstRedOfNewman: FirstRed = async (collection, folder, variables) => {
  let red: string | undefined;
  await runSuite({
    collection,
    folders: [folder],
    variables,
    bail: true,
    seconds: 60,
    redactor: createRedactor(['password']),
    onStep: ({ name, assertions, fault }) => {
      const failed = assertions.find(({ outcome }) => outcome === 'failed');
      if (failed ?? fault) red ??= words(folder, name, failed?.name ?? fault);
    },
  });
  return red;
};

const words = (folder: string, name: string, check = ''): string => `${folder} › ${name} › ${check}`;
