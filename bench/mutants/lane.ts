/** A process of lanes.ts: starts a sandbox with each mutant that it is told, lets the suite meet it, and answers what noticed it. */
import { MUTANTS } from '../../scripts/sandbox/sandbox';
import { byFolder } from './by-folder';
import type { Told } from './lanes';
import type { Meeting } from './mutant-sandbox';
import type { MetMutant, Suite } from './suite';
import { whole } from './whole';

let meet: Meeting | undefined;

process.on('message', (told: Told) => {
  if ('suite' in told) meet = meetingOf(told.suite);
  else void answer(told.name);
});

function meetingOf(suite: Suite): Meeting {
  if (suite.runs === 'whole') return whole(suite.collection);
  return byFolder(suite.collection, suite.recordings, suite.quick);
}

async function answer(name: string): Promise<void> {
  const mutant = MUTANTS.find((candidate) => candidate.name === name)!;
  const began = performance.now();
  const noticedBy = await meet!(mutant);
  const met: MetMutant = { name, noticedBy, seconds: (performance.now() - began) / 1000 };
  process.send!(met);
}
