import type { ErrorCode } from '../../errors/errors';
import { EXIT, EXIT_OF } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import { requestLine } from './request-section';
import { numbersOf, type ReportedCompleteness, type RunNumbers, type RunReport } from './run-report';

export interface Verdict {
  readonly tone: 'good' | 'wait' | 'bad';
  readonly sentence: string;
  /** What the exit code means. */
  readonly meaning: string;
}

interface Words {
  tone: Verdict['tone'];
  sentence: (numbers: RunNumbers, report: RunReport) => string;
  meaning: string;
}

const WORDS: Readonly<Record<number, Words>> = {
  [EXIT.ok]: { tone: 'good', sentence: allWell, meaning: 'all there, all verified' },
  [EXIT.checkFailed]: {
    tone: 'bad',
    sentence: checkFailed,
    meaning: 'an assertion, completeness or rule check failed',
  },
  [EXIT.usage]: {
    tone: 'bad',
    sentence: () => 'The request or the configuration is not valid.',
    meaning: 'usage or configuration',
  },
  [EXIT.authentication]: {
    tone: 'bad',
    sentence: () => 'The service did not let this account in.',
    meaning: 'authentication or role',
  },
  [EXIT.notFound]: {
    tone: 'bad',
    sentence: () => 'Something that was requested does not exist.',
    meaning: 'not found',
  },
  [EXIT.temporary]: {
    tone: 'wait',
    sentence: () => 'The service or the network failed temporarily: run the same command again to resume.',
    meaning: 'temporary failure after retries',
  },
  [EXIT.integrity]: {
    tone: 'bad',
    sentence: ({ filesFailed }) =>
      filesFailed === 0
        ? 'Content is not as expected: see the findings.'
        : `${plural(filesFailed, 'file')} failed the size or MD5 check and ${filesFailed === 1 ? 'was' : 'were'} not kept.`,
    meaning: 'size, checksum or content of an archive',
  },
  [EXIT.internal]: { tone: 'bad', sentence: () => 'auxflow failed with an internal error.', meaning: 'internal error' },
  [EXIT.quota]: {
    tone: 'wait',
    sentence: () => 'The quota or the budget is used up: run the same command again later to resume.',
    meaning: 'quota or budget reached',
  },
  [EXIT.nothingToDo]: {
    tone: 'wait',
    sentence: () => 'The service named no auxiliary file for this request.',
    meaning: 'nothing to do',
  },
  [EXIT.interrupted]: {
    tone: 'wait',
    sentence: () => 'Interrupted: run the same command again to resume.',
    meaning: 'interrupted, state kept',
  },
  [EXIT.terminated]: {
    tone: 'wait',
    sentence: () => 'Stopped by a signal: run the same command again to resume.',
    meaning: 'terminated, state kept',
  },
  [EXIT.unheard]: {
    tone: 'wait',
    sentence: () => 'Stopped by a signal: run the same command again to resume.',
    meaning: 'output closed by its reader, state kept',
  },
};

/** Failures of this machine: the sentence of their exit code would blame the service or the request. */
const OF_THIS_MACHINE: Partial<Record<ErrorCode, string>> = {
  TARGET_IN_USE: 'Another process downloads into this folder.',
  TOO_MANY_FILES: 'This process reached its limit of open files.',
  DISK_FULL: 'The disk is full: free some space and run the same command again to resume.',
  TARGET_UNWRITABLE: 'A file or folder could not be written.',
  FILE_IN_THE_WAY: 'Something else has the name of a file: move it away and run the same line again.',
};

/** The run in one sentence. */
export function verdictOf(report: RunReport): Verdict {
  const { exitCode, findings } = report;
  const words = WORDS[exitCode];
  if (!words) return { tone: 'bad', sentence: 'The run ended in an unknown way.', meaning: 'unknown' };
  const cause = findings.flatMap(({ code }) => code ?? []).find((code) => EXIT_OF[code] === exitCode);
  const ofMachine = cause && OF_THIS_MACHINE[cause];
  const sentence = ofMachine ?? words.sentence(numbersOf(report), report);
  return { tone: words.tone, sentence, meaning: words.meaning };
}

/** The cause first: an empty list explains whatever else failed. */
function checkFailed(numbers: RunNumbers, report: RunReport): string {
  const { checksFailed, checksPassed } = numbers;
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const [cause = errors[0]] = errors.filter(({ code }) => code !== 'CHECKS_FAILED');
  const known = emptyLists(report) ?? cause?.title ?? 'An answer of the service did not pass the strict checks.';
  if (checksFailed === 0 || cause?.code === 'CHECKS_FAILED') return known;
  return `${known} ${checksFailed} of ${plural(checksFailed + checksPassed, 'check')} failed.`;
}

function emptyLists({ baselines, request }: RunReport): string | undefined {
  const empty = baselines.filter(({ adfs }) => adfs.length === 0).length;
  if (empty === 0) return undefined;
  const which =
    empty === baselines.length
      ? `${empty > 1 ? `All ${empty}` : 'The only'} Level-0 ${empty > 1 ? 'products have empty lists' : 'product has an empty list'}`
      : `${empty} of ${baselines.length} Level-0 products have an empty list`;
  return `${which}: rdb.svc names no auxiliary file for ${requestLine(request)}.`;
}

function completeWords({ source, types, allowed }: ReportedCompleteness): string {
  if (source !== 'reprocessing.svc')
    return 'reprocessing.svc was not read, so that baselines were compared with each other only';
  if (allowed.length > 0) return `missing as allowed: ${allowed.map(({ type }) => type).join(', ')}`;
  return `nothing is missing of ${plural(types.length, 'ADF type')}`;
}

function allWell(numbers: RunNumbers, { completeness }: RunReport): string {
  const complete = completeness ? `; ${completeWords(completeness)}` : '';
  const checks = `${plural(numbers.checksPassed, 'check')} passed${complete}.`;
  if (numbers.filesHere === 0) return `No file was requested; ${checks}`;
  const files = `${plural(numbers.filesHere, 'auxiliary file')} here, each with the right size and MD5`;
  const left = numbers.filesNotFetched === 0 ? '' : `, ${numbers.filesNotFetched} left out as asked`;
  return `${files}${left}; ${checks}`;
}
