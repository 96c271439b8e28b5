import pc from 'picocolors';
import type { CaseStep } from '../../newman/case-step';
import type { ListedCase } from '../../session/run-events';

/** Characters. A rule finding names files, dates and the rule: far below. Schema errors of a page of rows can be far longer. */
const MAX_MESSAGE = 4000;

/** `count-zero  The count of nothing is 0  (leaks a connection: only with --intrusive)` */
export function listedCase({ id, name, costs, intrusive }: ListedCase): string {
  const cost = costs.length === 0 ? '' : ` (${costs.join(', ')}${intrusive ? ': only with --intrusive' : ''})`;
  return `  ${id.padEnd(40)} ${name}${pc.yellow(cost)}`;
}

/** Of a contract run, only what is not as expected is told: hundreds of kept promises would hide it. */
export function caseLines({ folder, name, assertions, fault }: CaseStep): string[] {
  const failed = assertions.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0 && fault === undefined) return [];
  return [
    `  ${pc.red('✗')} ${pc.dim(folder)} ${name}`,
    ...(fault === undefined ? [] : [`      ${pc.red(fault)}`]),
    ...failed.map(({ name: promise, message = '' }) => `      ${pc.red(promise)}: ${wholeMessage(message)}`),
  ];
}

/** In one line, to its last sentence: what to do next is said there. */
function wholeMessage(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > MAX_MESSAGE ? `${line.slice(0, MAX_MESSAGE)}… (whole in contract.html)` : line;
}
