/** The suite against a healthy sandbox: what it asks for and takes, folder by folder; red there, it would measure nothing. */
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { variablesFor } from './by-folder';
import { firstRedOf, type Runner } from './first-red';
import type { FolderCosts } from './hits';
import { inSandbox, type Dialect } from './mutant-sandbox';
import { isReplayable, type Recording } from './replay';
import type { Collection } from './suite';

export interface Healthy {
  readonly recording: Recording;
  readonly costs: FolderCosts;
}

/** @throws Error when a check is red */
export function recordHealthy(collection: Collection, profile: Dialect, runner: Runner): Promise<Healthy> {
  const firstRed = firstRedOf(runner);
  return inSandbox({ profile }, async (sandbox) => {
    const recording: Recording[number][] = [];
    const costs: Record<string, number> = {};
    for (const { name: folder } of CASE_FOLDERS) {
      const before = sandbox.requests.length;
      const began = process.cpuUsage();
      const red = await firstRed(collection, folder, variablesFor(sandbox, profile));
      if (red !== undefined) throw new Error(`red on the healthy sandbox (${profile}): ${red}`);
      costs[folder] = secondsSince(began);
      const requests = sandbox.requests.slice(before).filter(isReplayable);
      recording.push(...requests.map((request) => ({ folder, request })));
    }
    return { recording, costs };
  });
}

function secondsSince(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}
