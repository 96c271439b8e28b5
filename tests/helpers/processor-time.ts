import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';
import { COST_VARIABLE } from './print-processor-time';

/** Set up before each file of `npm run test:cost`: notes what it took. */
const noted = process.env[COST_VARIABLE];
const seen = globalThis as { auxflowTimesBefore?: Times };
const before = seen.auxflowTimesBefore ?? { own: 0, children: 0 };

afterAll(() => {
  const times = timesOfProcess();
  seen.auxflowTimesBefore = times;
  const [own, children] = [times.own - before.own, times.children - before.children];
  if (noted !== undefined)
    appendFileSync(noted, `${JSON.stringify({ file: expect.getState().testPath, own, children })}\n`);
});

interface Times {
  /** Seconds, in the program and in the kernel. */
  readonly own: number;
  /** Of processes that were started here and have ended, with theirs. */
  readonly children: number;
}

const TICKS_PER_SECOND = 100;

/** proc_pid_stat(5), fields 14 to 17; the second one is a name with anything in it. */
function timesOfProcess(): Times {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ').map(Number) ?? [];
  const seconds = (place: number): number => ((fields[place - 3] ?? 0) + (fields[place - 2] ?? 0)) / TICKS_PER_SECOND;
  return { own: seconds(14), children: seconds(16) };
}
