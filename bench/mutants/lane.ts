/** A process of lanes.ts: starts a sandbox with each mutant that it is told, lets the suite meet it, and answers what noticed it. */
import { byFolder } from './by-folder';
import type { Told } from './lanes';
import type { Meeting, Subject } from './mutant-sandbox';
import type { MetMutant, Suite } from './suite';
import { whole } from './whole';

let meet: Meeting | undefined;

process.on('message', (told: Told) => {
  if ('suite' in told) meet = meetingOf(told.suite);
  else void answer(told.mutant);
});

function meetingOf(suite: Suite): Meeting {
  return suite.runs === 'whole' ? whole(suite.collection) : byFolder(suite);
}

async function answer(mutant: Subject): Promise<void> {
  const began = performance.now();
  const met = await meet!(mutant);
  process.send!({ name: mutant.name, ...met, seconds: (performance.now() - began) / 1000 } satisfies MetMutant);
}
