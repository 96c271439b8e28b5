/** Processes side by side in which a suite meets mutants: a run of Newman keeps one core busy. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Mutant } from '../../scripts/sandbox/faults/mutants/mutant';
import type { MetMutant, Suite } from './suite';

/** What a lane is told: first the suite, then mutants one by one. */
export type Told = { readonly suite: Suite } | { readonly name: string };

export async function meetInLanes(
  suite: Suite,
  mutants: readonly Mutant[],
  onMet: (met: MetMutant) => void,
): Promise<MetMutant[]> {
  const waiting = mutants.map(({ name }) => name);
  const all: MetMutant[] = [];
  const lane = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(path.join(__dirname, 'lane.ts'), {
        execArgv: ['-r', 'ts-node/register'],
        serialization: 'advanced',
      });
      const next = (): void => {
        const name = waiting.shift();
        if (name === undefined) child.disconnect();
        else child.send({ name });
      };
      child.on('message', (met: MetMutant) => {
        all.push(met);
        onMet(met);
        next();
      });
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a lane ended with code ${code}`))));
      child.send({ suite }, next);
    });
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), mutants.length) }, lane));
  return all;
}
