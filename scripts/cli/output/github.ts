/** What GitHub Actions shows of a run: annotations in its log, and the summary of the job. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { AuxflowError } from '../../errors/errors';
import { describe } from '../../errors/messages';
import type { Listener, RunEvent } from '../../session/run-events';

type Finished = Extract<RunEvent, { type: 'run-finished' }>;

export interface GithubJob {
  /** GITHUB_ACTIONS, GITHUB_STEP_SUMMARY */
  readonly environment: NodeJS.ProcessEnv;
  /** Of the job's log; not standard output, which `--json` has to itself. */
  readonly log: NodeJS.WritableStream;
}

interface Annotation {
  readonly title: string;
  readonly text: string;
}

/** GitHub shows ten of each kind; more are in the report. */
const MAX_ANNOTATIONS = 10;

/** `listener`, and GitHub told at the end of a run. Nothing secret reaches it. */
export function withGithub(listener: Listener, { environment, log }: GithubJob): Listener {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = environment;
  if (GITHUB_ACTIONS !== 'true' && !GITHUB_STEP_SUMMARY) return listener;
  const found: Annotation[] = [];
  let title = 'auxflow';
  return (event) => {
    listener(event);
    if (event.type === 'run-started') title = `${event.request} (${event.environment})`;
    if (event.type === 'finding') found.push(annotationOf(event.error));
    if (event.type === 'contract-findings')
      found.push(
        ...event.findings.map(({ cause, severity, cases }) => ({
          title: `${severity}: ${cases.map(({ folder, name }) => `${folder}: ${name}`).join('; ')}`.slice(0, 200),
          text: cause ?? 'not as expected',
        })),
      );
    if (event.type !== 'run-finished') return;
    const report = event.places.find(({ what }) => what === 'report')?.where;
    if (GITHUB_ACTIONS === 'true')
      for (const item of found.slice(0, MAX_ANNOTATIONS)) log.write(`${errorCommand(item, report)}\n`);
    if (GITHUB_STEP_SUMMARY) appendSummary(GITHUB_STEP_SUMMARY, { title, event, found, report });
  };
}

export function annotationOf(error: AuxflowError): Annotation {
  const { headline, next } = describe(error);
  return { title: headline, text: next };
}

/** A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
export function errorCommand({ title, text }: Annotation, file?: string): string {
  const properties = { ...(file === undefined ? {} : { file }), title };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(value)}`);
  return `::error ${list.join(',')}::${escapedData(text)}`;
}

const escapedData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escapedData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

interface Summary {
  readonly title: string;
  readonly event: Finished;
  readonly found: readonly Annotation[];
  readonly report?: string;
}

/** At once: the process ends with the run. A contract run has written its own beside its report. A summary that cannot be written is no reason to fail. */
function appendSummary(file: string, { title, event, found, report }: Summary): void {
  const written = path.join(path.dirname(report ?? ''), 'summary.md');
  const own = report !== undefined && existsSync(written) ? readFileSync(written, 'utf8') : undefined;
  const lines = [
    `## ${markdown(title)}: ${event.exitCode === 0 ? 'passed' : `exit code ${event.exitCode}`}`,
    '',
    markdown(event.sentence),
    '',
    ...found.slice(0, MAX_ANNOTATIONS).map((item) => `- **${markdown(item.title)}** ${markdown(item.text)}`),
    '',
  ];
  try {
    appendFileSync(file, `${own ?? lines.join('\n')}\n`);
  } catch {
    // The report has it all.
  }
}

const markdown = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|]/g, (sign) => `\\${sign}`)
    .replace(/\s*\n\s*/g, ' ');
