import { jsonLines, liveLines, plainLines } from './listeners';
import { quiet } from './quiet';
import type { Listener } from '../../session/run-events';

export interface Feedback {
  readonly json: boolean;
  readonly verbose?: boolean;
  readonly quiet?: boolean;
  /** The plan is the result that was asked for, not the first part of a fetch. */
  readonly isPlanAsked?: boolean;
  /** Path of a file that gets every line, too. */
  readonly logFile?: string;
}

/** `--json`: JSON Lines; a terminal: live; anything else: plain lines. NO_COLOR is respected by picocolors. */
export function chooseListener(
  out: NodeJS.WriteStream,
  { json, verbose, quiet: isQuiet = false, isPlanAsked }: Feedback,
  log?: Listener,
): Listener {
  const told = terminalListener(out, { json, verbose });
  const shown = isQuiet ? quiet(told, { isPlanAsked }) : told;
  if (!log) return shown;
  return (event) => {
    log(event);
    shown(event);
  };
}

function terminalListener(out: NodeJS.WriteStream, { json, verbose }: Feedback): Listener {
  if (json) return jsonLines(out);
  return out.isTTY ? liveLines(out, { verbose }) : plainLines(out, { verbose });
}
