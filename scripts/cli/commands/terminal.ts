import type { Feedback } from '../output/choose-listener';
import type { Listener } from '../../session/run-events';
import type { CommandContext } from '../../session/context';

/** What a verb needs of the process it runs in. */
export interface Terminal {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  listener(feedback: Feedback): Listener;
}

/** Told the exit code when a verb has done its work. */
export type Finish = (exitCode: number) => void;

export function surroundingsOf(terminal: Terminal, feedback: Feedback): CommandContext {
  const { environment, signal } = terminal;
  return { environment, listener: terminal.listener(feedback), signal, now: () => new Date() };
}
