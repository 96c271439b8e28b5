/** Where Newman's own process starts (newman/run-in-child.ts): without the command line, which has read all that it needs. */
import { EXIT } from '../errors/exit-codes';
import { runNewmanWorker } from '../newman/newman-worker';

// Ctrl-C reaches every process of a terminal. The parent is told as well, and ends this one.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// There is nowhere to tell of it: whoever reads has gone.
process.stderr.on('error', () => undefined);

void runNewmanWorker().then(
  () => process.exit(EXIT.ok),
  () => process.exit(EXIT.interrupted),
);
