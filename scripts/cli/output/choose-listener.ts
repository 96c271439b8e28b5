import { jsonLines, liveLines, plainLines } from './listeners';
import type { Listener } from '../../session/run-events';

export interface Feedback {
  readonly json: boolean;
  readonly verbose?: boolean;
}

/** `--json`: JSON Lines; a terminal: live; anything else: plain lines. NO_COLOR is respected by picocolors. */
export function chooseListener(out: NodeJS.WriteStream, { json, verbose }: Feedback): Listener {
  if (json) return jsonLines(out);
  return out.isTTY ? liveLines(out, { verbose }) : plainLines(out, { verbose });
}
