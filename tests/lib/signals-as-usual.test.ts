import { expect, onTestFinished, test } from 'vitest';
import { withSignalsAsUsual, withSignalsAsUsualThroughout } from '../../scripts/errors/signals-as-usual';

const heard = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');

test('while work holds the thread nobody listens, so that a signal ends the process; afterwards all do again', async () => {
  const listener = (): void => undefined;
  process.on('SIGINT', listener);
  onTestFinished(() => void process.off('SIGINT', listener));
  const before = heard();
  expect([withSignalsAsUsual(heard), heard()]).toEqual([0, before]);
  const throughout = withSignalsAsUsualThroughout(async () => {
    await new Promise(setImmediate);
    return heard();
  });
  expect([await throughout, heard()]).toEqual([0, before]);
  await expect(withSignalsAsUsualThroughout(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect([before > 0, heard()]).toEqual([true, before]);
});
