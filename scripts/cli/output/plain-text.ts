import pc from 'picocolors';
import type { FileStatus } from '../../download/file-status';
import type { AuxflowError } from '../../errors/errors';
import { describe } from '../../errors/messages';
import { EXIT } from '../../errors/exit-codes';
import { withMeaning } from '../../errors/fault-words';
import type { RunStep } from '../../newman/run-step';
import { caseLines, causeLines, listedCase } from './case-text';
import { checkedLines } from './check-text';
import { diagnosisLines } from './diagnosis-text';
import { driftLines } from './drift-text';
import { errorText } from './error-text';
import { statusLines } from './status-text';
import { historyLines } from './history-text';
import { bytes, duration, plural } from '../../lib/format';
import { shortened } from './shortened';
import { planLines } from './plan-text';
import { MADE_UP_NOTE } from '../../session/made-up-note';
import type { DownloadsFinished, FileResult, RunEvent } from '../../session/run-events';

/** Longest list of single files that a terminal is given; more is said in one line. */
const MAX_FILES = 40;

export interface PlainOptions {
  /** A line for every file, with all that is known of it. */
  readonly verbose?: boolean;
}

/** Lines for people, in the tutorial's words. A writer keeps only the folder it is in and how many files it has named. */
export function plainText({ verbose = false }: PlainOptions = {}): (event: RunEvent) => string[] {
  let folder = '';
  const toldCauses = new Set<string>();
  let named = 0;
  const inFolder = (name: string, lines: readonly string[]): string[] => {
    const heading = name === folder ? [] : ['', pc.bold(name)];
    folder = name;
    return [...heading, ...lines];
  };
  return (event) => {
    switch (event.type) {
      case 'run-started':
        return startedLines(event);
      case 'step':
        return inFolder(event.step.folder, stepLines(event.step));
      case 'case':
        return caseLines(event.step, toldCauses);
      case 'contract-findings':
        return causeLines(event.findings);
      case 'listed-case':
        return inFolder(event.folder, [listedCase(event)]);
      case 'answer-saved':
        return [savedLine(event)];
      case 'note':
        return [`  ${pc.yellow('note')} ${event.text}`];
      case 'plan':
        return planLines(event.plan);
      case 'waiting':
        return [waitingLine(event)];
      case 'listed':
        return [`  ${event.name} ${pc.dim(event.bytes === undefined ? 'not in the catalogue' : bytes(event.bytes))}`];
      case 'diagnosis':
      case 'drift':
        return [`${pc.bold('auxflow')} ${event.environment} ${event.siteUrl}`, ...watchLines(event)];
      case 'checked-level0':
      case 'checked-table':
        return checkedLines(event, verbose);
      case 'impact':
      case 'difference':
        return historyLines(event);
      case 'campaign-status':
        return statusLines(event);
      case 'downloads-started':
        return ['', pc.bold('Download'), `  ${plural(event.files, 'distinct file')} to ${event.target}`];
      case 'retry':
        return [`  ${pc.yellow('again')} ${event.name}: ${withMeaning(event.reason)}, in ${duration(event.seconds)}`];
      case 'file':
        named += 1;
        return verbose ? [fileLine(event)] : shortFileLines(event, named);
      case 'downloads-finished':
        return [`  ${downloadSummary(event)}`];
      case 'finding':
        return ['', errorText(event.error)];
      case 'run-finished':
        return ['', verdict(event), ...event.places.map(({ what, where }) => `  ${pc.dim(what.padEnd(9))} ${where}`)];
      default:
        // What is under way: see status.ts.
        return [];
    }
  };
}

function shortFileLines(event: EventOf<'file'>, place: number): string[] {
  if (event.status === 'not-fetched') return [];
  if (event.status === 'failed') return [`  ${pc.red('✗')} ${event.name}`];
  return place > MAX_FILES ? [] : [`  ${pc.green('✓')} ${event.name} ${pc.dim(fileNote(event))}`];
}

function watchLines(event: Extract<RunEvent, { type: 'diagnosis' | 'drift' }>): string[] {
  return event.type === 'diagnosis' ? diagnosisLines(event.parts) : driftLines(event.changed);
}

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

function startedLines({ environment, siteUrl, request, contents }: EventOf<'run-started'>): string[] {
  const lines = [`${pc.bold('auxflow')} ${environment} ${siteUrl}`, request];
  return contents ? [...lines, pc.yellow(MADE_UP_NOTE)] : lines;
}

function savedLine({ level0, references, path }: EventOf<'answer-saved'>): string {
  return `    ${plural(level0, 'Level-0 product')}, ${plural(references, 'reference')} to auxiliary files, saved as ${path}`;
}

function waitingLine({ until }: EventOf<'waiting'>): string {
  return `  ${pc.yellow('waiting')} for the quota until ${until.slice(11, 19)} UTC on ${until.slice(0, 10)}`;
}

function stepLines(step: RunStep): string[] {
  const failed = step.assertions.filter((assertion) => !assertion.ok);
  const name = step.name.padEnd(28);
  if (step.skipped && failed.length === 0) return [`  ${pc.dim(`- ${name} skipped`)}`];
  const ok = failed.length === 0 && step.fault === undefined;
  const answer = step.status === undefined ? 'no answer' : String(step.status);
  const checks = plural(step.assertions.length, 'check');
  const line = `  ${ok ? pc.green('✓') : pc.red('✗')} ${name} ${answer.padEnd(4)} ${pc.dim(`${duration(step.milliseconds / 1000)}, ${bytes(step.bytes)}, ${checks}`)}`;
  const faults = step.fault === undefined ? [] : [`      ${pc.red(step.fault)}`];
  return [
    line,
    ...faults,
    ...failed.map(({ name: check, message = '' }) => `      ${pc.red(check)}: ${shortened(message)}`),
  ];
}

function fileNote(event: Extract<RunEvent, { type: 'file' }>): string {
  const size = event.bytes === undefined ? '' : bytes(event.bytes);
  return event.status === 'already-here'
    ? `${size}, already here, verified again`
    : `${size}, ${duration(event.seconds)}`;
}

/** Everything about one file, in one line. */
function fileLine(file: FileResult): string {
  const { name, status, seconds, received = 0, error } = file;
  if (status === 'not-fetched') return `  ${pc.dim(`- ${name} ${HOW[status]}`)}`;
  const size = file.bytes === undefined ? [] : [bytes(file.bytes)];
  const rate = received > 0 && seconds > 0 ? [`${bytes(received / seconds)}/s`] : [];
  const facts = [...size, duration(seconds), ...rate, HOW[status] + (error ? `: ${inOneLine(error)}` : '')];
  const mark = status === 'failed' ? pc.red('✗') : pc.green('✓');
  return `  ${mark} ${name} ${pc.dim(facts.join(', '))}`;
}

const HOW: Readonly<Record<FileStatus, string>> = {
  verified: 'MD5 verified',
  'already-here': 'already here, MD5 verified again',
  failed: 'failed',
  'not-fetched': 'not fetched yet',
};

function inOneLine(error: AuxflowError): string {
  const { headline, expected, came } = describe(error);
  const more = [expected && `expected ${expected}`, came && `received ${came}`].filter(Boolean).join(', ');
  return (more ? `${headline} (${more})` : headline).replaceAll(/\s+/g, ' ');
}

function downloadSummary({ verified, alreadyHere, failed, notFetched, seconds }: DownloadsFinished): string {
  const rate = verified.files > 0 && seconds > 0 ? `, ${bytes(verified.bytes / seconds)}/s` : '';
  const rest = notFetched > 0 ? `, ${notFetched} not fetched yet` : '';
  const counts = `${verified.files} verified (size and MD5), ${alreadyHere.files} already here, ${failed} failed${rest}`;
  return `${counts}: ${bytes(verified.bytes + alreadyHere.bytes)} in ${duration(seconds)}${rate}`;
}

function verdict({ exitCode, sentence }: Extract<RunEvent, { type: 'run-finished' }>): string {
  return exitCode === EXIT.ok ? pc.green(sentence) : pc.red(`${sentence} Exit code ${exitCode}.`);
}
