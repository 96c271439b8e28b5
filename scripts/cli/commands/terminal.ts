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
  /** What is to be told before anything else. */
  readonly notes: string[];
  listener(feedback: Feedback): Listener;
}

/** Told the exit code when a verb has done its work. */
export type Finish = (exitCode: number) => void;

export function surroundingsOf(
  terminal: Terminal,
  { user, ...feedback }: Feedback & { user?: string },
): CommandContext {
  const { signal, redactor } = terminal;
  const environment = user === undefined ? terminal.environment : { ...terminal.environment, ADG_USER: user };
  const listener = redactingListener(terminal.listener(feedback), redactor);
  for (const text of terminal.notes) listener({ type: 'note', text });
  return { environment, listener, redactor, signal, now: () => new Date() };
}
