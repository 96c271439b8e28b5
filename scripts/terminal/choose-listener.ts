import { jsonLines, liveLines, plainLines } from './listeners';
import type { Listener } from './run-events';

/** `--json`: JSON Lines; a terminal: live; anything else: plain lines. NO_COLOR is respected by picocolors. */
export function chooseListener(out: NodeJS.WriteStream, json: boolean): Listener {
  if (json) return jsonLines(out);
  return out.isTTY ? liveLines(out) : plainLines(out);
}
