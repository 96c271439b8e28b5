/** Processes side by side in which a suite meets mutants: each keeps one core busy. */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Subject } from './mutant-sandbox';
import type { MetMutant, Suite } from './suite';

/** What a lane is told: first the suite, then mutants one by one. */
export type Told = { readonly suite: Suite } | { readonly mutant: Subject };

/** As many as there are cores, or mutants. */
export async function meetInLanes(
  suite: Suite,
  mutants: readonly Subject[],
  onMet: (met: MetMutant) => void,
): Promise<MetMutant[]> {
  const all: MetMutant[] = [];
  const lanes = new Lanes(suite, Math.min(availableParallelism(), mutants.length));
  const onEach = async (lane: Lane): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const met = await lane.meet(mutant);
      all.push(met);
      onMet(met);
    }
  };
  const waiting = [...mutants];
  try {
    await Promise.all(lanes.all.map(onEach));
  } finally {
    lanes.close();
  }
  return all;
}

export class Lanes {
  readonly all: readonly Lane[];

  constructor(suite: Suite, count: number) {
    this.all = Array.from({ length: count }, () => new Lane(suite));
  }

  close(): void {
    for (const lane of this.all) lane.close();
  }
}

/** One process; it meets one mutant after the other. */
export class Lane {
  private readonly child = fork(path.join(__dirname, 'lane.ts'), {
    execArgv: ['-r', 'ts-node/register/transpile-only'],
    serialization: 'advanced',
  });

  constructor(suite: Suite) {
    this.child.send({ suite } satisfies Told);
  }

  meet(mutant: Subject): Promise<MetMutant> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null): void => reject(new Error(`a lane ended with code ${String(code)}`));
      this.child.once('exit', gone);
      this.child.once('message', (met: MetMutant) => {
        this.child.off('exit', gone);
        resolve(met);
      });
      const { name, area, needs, hit } = mutant;
      this.child.send({ mutant: { name, area, ...(needs ? { needs } : {}), ...(hit ? { hit } : {}) } } satisfies Told);
    });
  }

  close(): void {
    if (this.child.connected) this.child.disconnect();
  }
}
