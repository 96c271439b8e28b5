import type { Feedback } from './output/choose-listener';
import { withGithub } from './output/github';
import type { Listener } from '../session/run-events';
import type { CommandContext } from '../session/context';
import type { ReportKeeping } from '../session/report-keeping';
import { redactingListener } from '../session/redacting-listener';
import type { Redactor } from '../lib/redact/redact';

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

export function contextOf(
  terminal: Terminal,
  { user, reportName, keepReports, ...feedback }: Feedback & ReportKeeping & { user?: string },
): CommandContext {
  const { signal, redactor } = terminal;
  const environment = user === undefined ? terminal.environment : { ...terminal.environment, ADG_USER: user };
  const told = withGithub(terminal.listener(feedback), { environment, log: terminal.err });
  const listener = redactingListener(told, redactor);
  for (const text of terminal.notes) listener({ type: 'note', text });
  return { environment, listener, redactor, signal, keeping: { reportName, keepReports }, now: () => new Date() };
}
