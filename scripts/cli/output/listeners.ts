import { clearLine, cursorTo } from 'node:readline';
import pc from 'picocolors';
import { plainText, type PlainOptions } from './plain-text';
import { bytes, roughly } from '../../lib/format';
import type { Listener, RunEvent } from '../../session/run-events';

/** Of progress, machines want one line a second. */
const JSON_PROGRESS_MILLISECONDS = 1000;

/** A line per event for machines (JSON Lines). */
export function jsonLines(out: NodeJS.WritableStream): Listener {
  let toldAt = -Infinity;
  return (event) => {
    if (event.type === 'progress') {
      if (performance.now() - toldAt < JSON_PROGRESS_MILLISECONDS) return;
      toldAt = performance.now();
    }
    out.write(`${JSON.stringify(event)}\n`);
  };
}

/** Plain lines: for files and pipes, and for whoever reads a CI log. */
export function plainLines(out: NodeJS.WritableStream, options?: PlainOptions): Listener {
  const textOf = plainText(options);
  return (event) => {
    for (const line of textOf(event)) out.write(`${line}\n`);
  };
}

/** Chunks arrive by the thousand; eyes want some ten pictures a second. */
const REDRAW_MILLISECONDS = 100;

/** Plain lines with a progress line below them that is written over: for a terminal. */
export function liveLines(out: NodeJS.WriteStream, options?: PlainOptions): Listener {
  const plain = plainLines(out, options);
  let shown = false;
  let shownAt = 0;
  const clear = (): void => {
    if (!shown) return;
    cursorTo(out, 0);
    clearLine(out, 0);
    shown = false;
  };
  return (event) => {
    if (event.type === 'progress') {
      if (performance.now() - shownAt < REDRAW_MILLISECONDS) return;
      clear();
      out.write(progressLine(event, out.columns));
      [shown, shownAt] = [true, performance.now()];
    } else {
      clear();
      plain(event);
    }
  };
}

/** Received bytes are shown as they are; the count of files moves only when a file is verified. */
function progressLine({ totals }: Extract<RunEvent, { type: 'progress' }>, columns: number): string {
  const settled = totals.verified + totals.alreadyHere + totals.failed;
  const left = totals.secondsLeft === undefined ? '' : `, about ${roughly(totals.secondsLeft)} left`;
  const line = `  ${settled}/${totals.files} files, ${bytes(totals.bytesReceived)}, ${bytes(totals.bytesPerSecond)}/s${left}`;
  // A terminal that does not know its width says 0.
  return pc.cyan(columns > 0 ? line.slice(0, columns - 1) : line);
}
