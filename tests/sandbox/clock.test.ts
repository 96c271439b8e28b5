import { expect, test } from 'vitest';
import { MovableClock } from '../../scripts/sandbox/movable-clock';
import { withSandbox } from '../helpers/with-sandbox';
import { orderSandbox } from '../helpers/order-sandbox';

/** Seconds on the true clock; the test sets it. */
function clockAt(start: number): { set: (seconds: number) => void; clock: MovableClock; seconds: () => number } {
  let now = start;
  const clock = new MovableClock(() => now * 1000);
  return { set: (seconds) => (now = seconds), clock, seconds: () => clock.now() / 1000 };
}

test('a stopped clock moves only when it is advanced', () => {
  const { set, clock, seconds } = clockAt(100);
  clock.freeze();
  set(130);
  expect(seconds()).toBe(100);
  clock.advance(9);
  set(140);
  expect(seconds()).toBe(109);
});

test('it goes on as if it had never been touched, also where it was ahead before', () => {
  const { set, clock, seconds } = clockAt(100);
  clock.advance(1000);
  clock.freeze();
  clock.advance(50);
  set(110);
  clock.resume();
  expect(seconds()).toBe(1110);
  clock.resume();
  expect(seconds()).toBe(1110);
});

test('to stop it twice is to stop it once: a run that was killed leaves nothing behind for the next one', () => {
  const { set, clock, seconds } = clockAt(100);
  clock.freeze();
  clock.advance(2750);
  set(200);
  clock.freeze();
  expect(seconds()).toBe(200);
  clock.resume();
  expect(seconds()).toBe(200);
});

test('reset: the true time', () => {
  const { set, clock, seconds } = clockAt(100);
  clock.advance(1000);
  clock.freeze();
  set(120);
  clock.reset();
  expect(seconds()).toBe(120);
});

test('over HTTP: site and store tell the clock in their Date, and other orders are refused', async () => {
  const { siteUrl, storeUrl } = await withSandbox({ clock: () => Date.UTC(2031, 0, 1) });
  const order = async (body: string): Promise<number> => (await orderSandbox(siteUrl, 'clock', body)).status;
  const dates = async (): Promise<(string | null)[]> =>
    Promise.all([siteUrl, storeUrl].map(async (url) => (await fetch(url)).headers.get('date')));
  const told = (text: string): string[] => [text, text];
  expect(await dates()).toEqual(told('Wed, 01 Jan 2031 00:00:00 GMT'));
  expect([await order('freeze'), await order('90')]).toEqual([204, 204]);
  expect(await dates()).toEqual(told('Wed, 01 Jan 2031 00:01:30 GMT'));
  expect(await order('resume')).toBe(204);
  expect(await dates()).toEqual(told('Wed, 01 Jan 2031 00:00:00 GMT'));
  expect([await order('3600'), await order('reset')]).toEqual([204, 204]);
  expect(await dates()).toEqual(told('Wed, 01 Jan 2031 00:00:00 GMT'));
  expect([await order('-1'), await order('stop'), await order('1.5')]).toEqual([400, 400, 400]);
});
