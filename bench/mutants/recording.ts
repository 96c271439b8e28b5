/** The suite against a healthy sandbox: what it asks for, folder by folder; red there, it would measure nothing. */
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { variablesFor } from './by-folder';
import { firstRedOf, type Runner } from './first-red';
import { inSandbox, type Dialect } from './mutant-sandbox';
import { isReplayable, type Recording } from './replay';
import type { Collection } from './suite';

/** @throws Error when a check is red */
export function recordHealthy(collection: Collection, profile: Dialect, runner: Runner): Promise<Recording> {
  const firstRed = firstRedOf(runner);
  return inSandbox({ profile }, async (sandbox) => {
    const recording: Recording[number][] = [];
    for (const { name: folder } of CASE_FOLDERS) {
      const before = sandbox.requests.length;
      const red = await firstRed(collection, folder, variablesFor(sandbox, profile));
      if (red !== undefined) throw new Error(`red on the healthy sandbox (${profile}): ${red}`);
      const requests = sandbox.requests.slice(before).filter(isReplayable);
      recording.push(...requests.map((request) => ({ folder, request })));
    }
    return recording;
  });
}
