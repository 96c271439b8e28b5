import { expect, test } from 'vitest';
import { Failure } from '../../scripts/errors/errors';
import { createBreath } from '../../scripts/lib/breathe';
import { unlessInterrupted } from '../../scripts/services/interruption';
import { failureOf } from '../helpers/failure-of';

const interrupted = new Failure({ code: 'INTERRUPTED', signal: 'SIGTERM' });

test('work that leaves nothing to tidy up is left where it is when a signal comes', async () => {
  const stop = new AbortController();
  const never = unlessInterrupted(stop.signal, () => new Promise(() => undefined));
  stop.abort(interrupted);
  expect(await failureOf(never)).toMatchObject({ code: 'INTERRUPTED', signal: 'SIGTERM' });
  expect(await failureOf(unlessInterrupted(stop.signal, () => Promise.resolve(1)))).toMatchObject({
    code: 'INTERRUPTED',
  });
  expect(await unlessInterrupted(new AbortController().signal, () => Promise.resolve(1))).toBe(1);
});

test('work that waits for nothing lets timers have their turn', async () => {
  const timer = { isTold: false };
  setTimeout(() => (timer.isTold = true), 1);
  const breathe = createBreath(0);
  while (!timer.isTold) await breathe();
  expect(timer.isTold).toBe(true);
});
