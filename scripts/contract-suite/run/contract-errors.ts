import { SIGN_IN } from '../cases/sign-in';
import type { AuxflowError } from '../../errors/errors';
import type { CaseStep } from '../../newman/case-step';
import { plural } from '../../lib/format';
import { groupBy } from '../../lib/group-by';
import { countVerdicts, isFinding, type CaseResult, type ContractReport } from '../report/contract-report';
import { costWords } from '../report/cost-sum';
import { LATENCY } from '../report/latency';
import { selectionLines } from '../report/selection-facts';
import { networkFailure } from '../../services/network-failure';
import type { Site } from '../../services/site';

/** What a contract run comes to: why nothing could be looked at, or how many promises are broken. */
export function contractErrors(
  cases: readonly CaseResult[],
  steps: readonly CaseStep[],
  { tokenUrl }: Site,
): AuxflowError[] {
  const asked = { method: 'POST', url: tokenUrl };
  const sent = steps.filter((step) => step.sent);
  const [first] = sent;
  if (!first) return [{ code: 'NOTHING_TESTED', reason: 'no request was sent' }];
  if (sent.every(({ status }) => status === undefined))
    return [networkFailure(first.fault ?? 'no answer', { ...asked, attempts: sent.length })];
  const refused = sent.find(
    ({ name, status }) => name === SIGN_IN && status !== undefined && status >= 400 && status < 500,
  );
  return [
    ...(refused?.status === undefined
      ? []
      : [{ code: 'TOKEN_REFUSED' as const, ...asked, status: refused.status, error: 'see the report' }]),
    ...caseErrors(cases),
  ];
}

/** What is wrong with the cases as such. */
export function caseErrors(cases: readonly CaseResult[]): AuxflowError[] {
  const findings = cases.filter(isFinding).length;
  return [
    ...(findings > 0 ? [{ code: 'CHECKS_FAILED' as const, failed: findings, total: cases.length }] : []),
    ...(findings === 0 && !cases.some(isTested)
      ? [{ code: 'NOTHING_TESTED' as const, reason: `no case could be tested${commonReason(cases)}` }]
      : []),
  ];
}

/** Why most of the untested cases are so: on its own, a count tells nobody what to change. */
function commonReason(cases: readonly CaseResult[]): string {
  const reasons = groupBy(
    cases.flatMap(({ reason }) => reason ?? []),
    (reason) => reason,
  );
  const [most] = [...reasons.values()].sort((a, b) => b.length - a.length);
  return most ? ` (${plural(most.length, 'case')}: ${most[0]})` : '';
}

/** Signing in and measuring latency alone test nothing. */
const isTested = ({ name, folder, verdict }: CaseResult): boolean =>
  name !== SIGN_IN && folder !== LATENCY && (verdict === 'kept' || verdict === 'pinned');

export function contractSentence({ cases, costs, findings, selection }: ContractReport): string {
  const { kept, broken, news, pinned, untested } = countVerdicts(cases);
  const rest = [
    ...(broken > 0 ? [`${broken} broken`] : []),
    ...(news > 0 ? [`${news} news`] : []),
    ...(findings.length > 0 && findings.length < broken + news ? [plural(findings.length, 'finding') + ' in all'] : []),
    `${pinned} known ${pinned === 1 ? 'deviation' : 'deviations'} as recorded`,
    `${untested} untested`,
  ];
  const learned = selection ? selectionLines(selection) : [];
  const cost = `Cost to the services: ${costWords(costs)}.`;
  return [`${plural(kept, 'promise')} kept, ${rest.join(', ')}.`, ...learned, cost].join('\n');
}
