import { clearLine, cursorTo } from 'node:readline';
import pc from 'picocolors';
import { plainText, type PlainOptions } from './plain-text';
import { PROCESS_CLOCK, type Clock } from './clock';
import { createStatus } from './status';
import type { Listener, RunEvent } from '../../session/run-events';

/** Of progress, machines want one line a second. */
const JSON_PROGRESS_MILLISECONDS = 1000;

/** Of the form of the lines of `--json` (schemas/output/event.schema.json); raised when a field changes its meaning. */
const EVENT_VERSION = 1;

/** A line per event for machines (JSON Lines), with the time in UTC. */
export function jsonLines(out: NodeJS.WritableStream, wallClock: () => Date = () => new Date()): Listener {
  let toldAt = -Infinity;
  return (event) => {
    if (isForPeople(event)) return;
    if (event.type === 'progress') {
      if (performance.now() - toldAt < JSON_PROGRESS_MILLISECONDS) return;
      toldAt = performance.now();
    }
    out.write(`${JSON.stringify({ ...event, time: wallClock().toISOString(), version: EVENT_VERSION })}\n`);
  };
}

/** What is under way: machines are told what has come of it. */
function isForPeople({ type }: RunEvent): boolean {
  return type === 'step-started' || type === 'activity' || type === 'suite-started';
}

interface LineOptions extends PlainOptions {
  readonly clock?: Clock;
}

/** How often it is looked whether a sign of life is due. */
const TICK_MILLISECONDS = 1000;
/** Jenkins and others end a job that prints nothing for minutes. */
const SILENCE_IN_A_PIPE = 30_000;

/** Plain lines: for files and pipes, and for whoever reads a CI log. After half a minute of silence, one that says what is under way. */
export function plainLines(
  out: NodeJS.WritableStream,
  { clock = PROCESS_CLOCK, ...options }: LineOptions = {},
): Listener {
  const textOf = plainText(options);
  const status = createStatus(clock.now);
  let toldAt = clock.now();
  const tell = (lines: readonly string[]): void => {
    for (const line of lines) out.write(`${line}\n`);
    if (lines.length > 0) toldAt = clock.now();
  };
  clock.every(TICK_MILLISECONDS, () => {
    const line = status.line();
    if (line !== undefined && clock.now() - toldAt >= SILENCE_IN_A_PIPE) tell([`  … ${line}`]);
  });
  return (event) => {
    status.see(event);
    tell(textOf(event));
  };
}

/** Chunks arrive by the thousand; eyes want some ten pictures a second. */
const REDRAW_MILLISECONDS = 100;
/** Silence in a terminal after which the status is drawn: most answers come faster. */
const SILENCE_IN_A_TERMINAL = 2000;

/** Plain lines with a line below them that says what is under way and is written over: for a terminal. */
export function liveLines(out: NodeJS.WriteStream, { clock = PROCESS_CLOCK, ...options }: LineOptions = {}): Listener {
  const textOf = plainText({ columns: () => out.columns, ...options });
  const status = createStatus(clock.now);
  let isShown = false;
  let [shownAt, toldAt] = [-Infinity, clock.now()];
  const clear = (): void => {
    if (!isShown) return;
    cursorTo(out, 0);
    clearLine(out, 0);
    isShown = false;
  };
  const draw = (): void => {
    const line = status.line();
    clear();
    if (line === undefined) return;
    // A terminal that does not know its width says 0.
    out.write(pc.cyan(out.columns > 0 ? `  ${line}`.slice(0, out.columns - 1) : `  ${line}`));
    [isShown, shownAt] = [true, clock.now()];
  };
  clock.every(TICK_MILLISECONDS, () => {
    if (isShown || clock.now() - toldAt >= SILENCE_IN_A_TERMINAL) draw();
  });
  return (event) => {
    const isNews = status.see(event);
    const lines = textOf(event);
    if (lines.length > 0) {
      clear();
      for (const line of lines) out.write(`${line}\n`);
      toldAt = clock.now();
    }
    if (status.line() === undefined) clear();
    else if (isNews && isCount(event) && clock.now() - shownAt >= REDRAW_MILLISECONDS) draw();
  };
}

/** What comes again and again is drawn as it comes; of what begins, only what lasts. */
function isCount({ type }: RunEvent): boolean {
  return type === 'progress' || type === 'case' || type === 'suite-started' || type === 'activity';
}
