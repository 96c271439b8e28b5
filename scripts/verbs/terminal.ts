import type { Surroundings } from '../commands/run';
import type { Feedback } from '../terminal/choose-listener';
import type { Listener } from '../terminal/run-events';

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

export function surroundingsOf(terminal: Terminal, feedback: Feedback): Surroundings {
  const { environment, signal } = terminal;
  return { environment, listener: terminal.listener(feedback), signal, now: () => new Date() };
}
