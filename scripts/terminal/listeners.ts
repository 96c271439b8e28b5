import { clearLine, cursorTo } from 'node:readline';
import pc from 'picocolors';
import { plainText } from './plain-text';
import { bytes } from '../quantities';
import type { Listener, RunEvent } from './run-events';

/** A line per event for machines (JSON Lines); progress is left out, it is for eyes. */
export function jsonLines(out: NodeJS.WritableStream): Listener {
  return (event) => {
    if (event.type !== 'progress') out.write(`${JSON.stringify(event)}\n`);
  };
}

/** Plain lines: for files and pipes, and for whoever reads a CI log. */
export function plainLines(out: NodeJS.WritableStream): Listener {
  const textOf = plainText();
  return (event) => {
    for (const line of textOf(event)) out.write(`${line}\n`);
  };
}

/** Chunks arrive by the thousand; eyes want some ten pictures a second. */
const REDRAW_MILLISECONDS = 100;

/** Plain lines with a progress line below them that is written over: for a terminal. */
export function liveLines(out: NodeJS.WriteStream): Listener {
  const plain = plainLines(out);
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
  const line = `  ${settled}/${totals.files} files, ${bytes(totals.bytesReceived)}, ${bytes(totals.bytesPerSecond)}/s`;
  // A terminal that does not know its width says 0.
  return pc.cyan(columns > 0 ? line.slice(0, columns - 1) : line);
}
