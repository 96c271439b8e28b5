import pc from 'picocolors';
import { causeFacts, isCauseKey } from '../../contract-suite/causes';
import type { FindingFacts } from '../../contract-suite/report/contract-report';
import { plural } from '../../lib/format';
import type { CaseStep } from '../../newman/case-step';
import type { ListedCase } from '../../session/run-events';

/** Characters. A rule finding names files, dates and the rule: far below. Schema errors of a page of rows can be far longer. */
const MAX_MESSAGE = 4000;
/** Cases named of those with a common cause. */
const MAX_CASES = 5;

/** `count-zero  The count of nothing is 0  (leaks a connection: only with --intrusive)` */
export function listedCase({ id, name, costs, intrusive }: ListedCase): string {
  const cost = costs.length === 0 ? '' : ` (${costs.join(', ')}${intrusive ? ': only with --intrusive' : ''})`;
  return `  ${id.padEnd(40)} ${name}${pc.yellow(cost)}`;
}

interface Line {
  readonly text: string;
  /** Of many cases: only the first of them is shown. */
  readonly sharedCause?: string;
}

/**
 * Of a contract run, only what is not as expected is shown: hundreds of kept promises would hide it. A cause that many cases share shows
 * with the first of them; `told`, to which it is added, holds the earlier ones. causeLines explains each once, at the end.
 */
export function caseLines({ folder, name, ...step }: CaseStep, told: Set<string>): string[] {
  const lines = problemLines(step);
  const fresh = lines.filter(({ sharedCause }) => sharedCause === undefined || !told.has(sharedCause));
  for (const { sharedCause } of fresh) if (sharedCause !== undefined) told.add(sharedCause);
  if (fresh.length === 0) return [];
  return [`  ${pc.red('✗')} ${pc.dim(folder)} ${name}`, ...fresh.map(({ text }) => `      ${text}`)];
}

function problemLines({ assertions, fault, isUnanswered }: Omit<CaseStep, 'folder' | 'name'>): Line[] {
  const failed = assertions.filter(({ outcome }) => outcome === 'failed');
  // Scripts run after a request without an answer too, and say no more than that.
  if (isUnanswered) return [{ text: pc.red(fault), sharedCause: 'noAnswer' }];
  return [
    ...(fault === undefined ? [] : [{ text: pc.red(fault) }]),
    ...failed.map(({ name: promise, message = '', cause }): Line => {
      const text = `${pc.red(promise)}: ${wholeMessage(message)}`;
      if (cause === undefined || !isCauseKey(cause.key)) return { text };
      const { says, isLocal } = causeFacts(cause.key);
      return isLocal ? { text: `${text} (${says})` } : { text, sharedCause: cause.key };
    }),
  ];
}

/** Each cause that cases share: what it is, what to do, and which cases it is. */
export function causeLines(findings: readonly FindingFacts[]): string[] {
  return findings.flatMap(({ cause, cases }) => {
    if (cause === undefined) return [];
    const named = cases.slice(0, MAX_CASES).map(({ folder, name }) => `${folder}: ${name}`);
    const more = cases.length > named.length ? [`… and ${cases.length - named.length} more`] : [];
    return [
      '',
      `  ${pc.red(plural(cases.length, 'promise'))} for one cause: ${cause}`,
      ...[...named, ...more].map((text) => `      ${pc.dim(text)}`),
    ];
  });
}

/** In one line, to its last sentence: what to do next is said there. */
function wholeMessage(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}… (whole in contract.html)` : line;
}
