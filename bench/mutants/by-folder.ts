/** Our suite: folder after folder until a check is red, those first in which an answer is another. */
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { runSuite } from '../../scripts/newman/run-suite';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { dialectOf, inSandbox, type Dialect, type Meeting } from './mutant-sandbox';
import { variablesAt } from '../sign-in';
import { differing, type Differing, type Recording } from './replay';
import type { Collection } from './suite';

/** What a replay cannot show: forms, other tokens, the store, the clock. The last two move the clock, and so come last. */
const NOT_REPLAYED = ['Token endpoint', 'Gateway and roles', 'Downloads', 'Quota', 'Expiry'];

export type Recordings = Readonly<Partial<Record<Dialect, Recording>>>;

export function byFolder(collection: Collection, recordings: Recordings, quick: boolean): Meeting {
  const lookouts: Partial<Record<Dialect, Differing>> = {};
  return async (mutant) => {
    const dialect = dialectOf(mutant);
    const lookout = (lookouts[dialect] ??= differing(recordings[dialect] ?? [], dialect));
    const likely = [...new Set([...(await lookout(mutant.name)), ...NOT_REPLAYED])];
    const folders = quick ? likely : [...new Set([...likely, ...CASE_FOLDERS.map(({ name }) => name)])];
    return inSandbox({ dialect, mutant: mutant.name }, async (sandbox) => {
      for (const folder of folders.sort(aloneLast)) {
        const noticedBy = await firstRed(collection, folder, variablesFor(sandbox, dialect));
        if (noticedBy !== undefined) return noticedBy;
      }
      return undefined;
    });
  };
}

const aloneLast = (one: string, other: string): number => Number(isAlone(one)) - Number(isAlone(other));

const isAlone = (folder: string): boolean => CASE_FOLDERS.some(({ name, alone }) => name === folder && alone === true);

export function variablesFor(sandbox: Sandbox, dialect: Dialect): Record<string, string> {
  return { ...variablesAt(sandbox), profile: dialect, quota_run: '5' };
}

/** Folder, request and check. */
export async function firstRed(
  collection: Collection,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<string | undefined> {
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
      if (failed ?? fault) red ??= `${folder} › ${name} › ${failed?.name ?? fault ?? ''}`;
    },
  });
  return red;
}
