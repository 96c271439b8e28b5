import type { Surroundings } from '../commands/run';
import type { Listener } from '../terminal/run-events';

/** What a verb needs of the process it runs in. */
export interface Terminal {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  listener(json: boolean): Listener;
}

/** Told the exit code when a verb has done its work. */
export type Finish = (exitCode: number) => void;

export function surroundingsOf(terminal: Terminal, { json }: { json: boolean }): Surroundings {
  const { environment, signal } = terminal;
  return { environment, listener: terminal.listener(json), signal, now: () => new Date() };
}
