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
  /** Of the terminal, where there is one: longer names of files are shortened, unless all is to be told. */
  readonly columns?: () => number;
}

/** Lines for people, in the tutorial's words. A writer keeps only the folder it is in and how many files it has named. */
export function plainText({ verbose = false, columns }: PlainOptions = {}): (event: RunEvent) => string[] {
  const folders = createFolders();
  const toldCauses = new Set<string>();
  let named = 0;
  return (event) => {
    switch (event.type) {
      case 'run-started':
        return startedLines(event);
      case 'step':
        return folders.lines(event.step.folder, stepLines(event.step));
      case 'case':
        return caseLines(event.step, toldCauses);
      case 'contract-findings':
        return causeLines(event.findings);
      case 'listed-case':
        return folders.lines(event.folder, [listedCase(event)]);
      case 'answer-saved':
        return folders.keep(savedLine(event));
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
        return verbose ? [fileLine(event)] : shortFileLines(event, named, columns?.());
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

interface Folders {
  /** A line that belongs below the step that comes next. */
  keep(line: string): [];
  /** Under their folder, which is named once. */
  lines(name: string, lines: readonly string[]): string[];
}

function createFolders(): Folders {
  let folder = '';
  let kept: string[] = [];
  return {
    keep(line) {
      kept.push(line);
      return [];
    },
    lines(name, lines) {
      const told = [...(name === folder ? [] : ['', pc.bold(name)]), ...lines, ...kept];
      [folder, kept] = [name, []];
      return told;
    },
  };
}

function shortFileLines({ name, status, bytes: size }: EventOf<'file'>, place: number, columns = Infinity): string[] {
  if (status === 'not-fetched' || (status !== 'failed' && place > MAX_FILES)) return [];
  const mark = status === 'failed' ? pc.red('✗') : pc.green('✓');
  const told = status === 'verified' && size !== undefined ? bytes(size) : HOW[status].split(',', 1)[0];
  const note = (told ?? '').padStart(SIZE_WIDTH);
  return [`  ${mark} ${pc.dim(note)}  ${middleCut(name, columns - note.length - 7)}`];
}

/** The widest is `99.9 MB`. */
const SIZE_WIDTH = 7;

/** Names differ at both ends. */
function middleCut(name: string, width: number): string {
  // A terminal that does not know its width says 0.
  if (name.length <= width || width < MIN_NAME) return name;
  const tail = Math.floor(width / 3);
  return `${name.slice(0, width - tail - 1)}…${name.slice(-tail)}`;
}

const MIN_NAME = 30;

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
