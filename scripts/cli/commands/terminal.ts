import type { Feedback } from '../output/choose-listener';
import type { Listener } from '../../session/run-events';
import type { CommandContext } from '../../session/context';
import { redactingListener } from '../../session/redacting-listener';
import type { Redactor } from '../../lib/redact/redact';

/** What a verb needs of the process it runs in. */
export interface Terminal {
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly redactor: Redactor;
  listener(feedback: Feedback): Listener;
}

/** Told the exit code when a verb has done its work. */
export type Finish = (exitCode: number) => void;

export function surroundingsOf(terminal: Terminal, feedback: Feedback): CommandContext {
  const { environment, signal, redactor } = terminal;
  const listener = redactingListener(terminal.listener(feedback), redactor);
  return { environment, listener, redactor, signal, now: () => new Date() };
}
