/** What the scripts of the service contract call. One object for a whole run; `pm` is handed to it because it is new each time. */
import { isRefusal, SIGN_IN, SIGN_IN_REFUSED } from '../cases/sign-in';
import { problemMessage, testName } from '../../newman/assertion-protocol';
import { mayLeak, type Cost } from '../../services/request-costs';
import type { Profile, Promised } from '../contract-case';
import { CAUSES, type Cause, type CauseKey } from '../causes';
import { answerOf, type Answer } from './answer';
import { beginDraw } from './checks/catalogue/catalogue-draw';
import { beginSweep } from './checks/catalogue/catalogue-sweep';
import { beginIntervals } from './checks/interval-samples';
import { beginPeriods } from './checks/reprocessing/adf-periods';
import { causeBehind, causeOf } from './causes';
import { everyAnswer, originOf } from './every-answer';
import { ownCosts, type OwnConditions } from './own-request';
import { findingsOf } from './expectation';
import { beginFileDraw } from './file-draw';
import { isKept, type Finding } from './finding';
import type { Postman } from './postman';
import { isKnown, mayBeIntrusive } from './intrusive';
import { beginSample } from './sample-draw';
import { isOneWorld, scopeOf, type Scope } from './scope';
import {
  conditionsOf,
  NO_SHARED_PARTS,
  wholeExpectation,
  type Conditions,
  type SharedExpectation,
  type SharedParts,
} from './shared-parts';

/** What a request must be answered with. */
export type Spec = SharedExpectation & {
  readonly promised?: Omit<Promised, 'expect'> & { readonly expect: SharedExpectation };
};

/** Requests after which the rest of a folder is left alone: no answer came, or the service has no connection to its database. */
const PATIENCE = 2;

/** Before every request: says who asks; leaves a folder alone whose service does not answer, or does not let the account in. */
export function open(postman: Postman, shared: SharedParts = NO_SHARED_PARTS): void {
  postman.request.headers.upsert({ key: 'User-Agent', value: USER_AGENT });
  const scope = scopeOf(postman);
  if (postman.info.requestName === SIGN_IN) {
    scope.remember(silenceOf(postman), '0');
    scope.remember('access_token', '');
    scope.remember(LEFT_OUT, '');
    beginSample(folderOf(postman), scope);
    beginDraw(scope);
    beginSweep(scope);
    beginIntervals(scope);
    beginPeriods(scope);
    beginFileDraw('file', scope);
    beginFileDraw('next', scope);
    // A service locks an account that is refused again and again.
    if (scope.value(SIGN_IN_REFUSED) !== '')
      untested(postman, 'the account was refused before, and is not tried again');
  } else if (!mayBeIntrusive(postman, scope) && mayLeak(scope.text(postman.request.url.toString())))
    untested(postman, costly(['leaks a connection']));
  else if (silenceIn(scope, postman) >= PATIENCE) untested(postman, scope.value('silence_reason'));
  else if (scope.value('access_token') === '') untested(postman, 'the sign-in gave no token');
  begin(postman, conditionsOf(folderOf(postman), postman.info.requestName, shared));
}

/** Before a request with conditions: leaves it alone where they do not hold. */
export function begin(postman: Postman, { profiles, needs = [], after = [], costs = [] }: Conditions): void {
  const scope = scopeOf(postman);
  if (profiles && !profiles.includes(profileOf(scope))) {
    postman.execution.skipRequest();
    return;
  }
  if (costs.length > 0 && !mayBeIntrusive(postman, scope)) {
    untested(postman, costly(costs));
    return;
  }
  const reasons = leftOut(scope);
  const earlier = after.find((name) => reasons[name] !== undefined);
  if (earlier !== undefined) {
    untested(postman, `it follows "${earlier}" (${reasons[earlier] ?? ''})`);
    return;
  }
  const missing = needs.filter((name) => !isKnown(name, postman, scope));
  if (missing.length > 0) untested(postman, `${missing.join(', ')} not known`);
}

/** Before a request of the user's own: what it costs is told by its address as it is sent, whatever variables it is made of. */
export function beginOwn(postman: Postman, { costs, needs, profiles, ...request }: OwnConditions): void {
  const url = scopeOf(postman).text(postman.request.url.toString());
  begin(postman, { profiles, needs, costs: [...new Set([...costs, ...ownCosts({ url, ...request })])] });
}

/** Variable: why requests of this folder were not sent, by name. */
const LEFT_OUT = 'left_out';

const leftOut = (scope: Scope): Readonly<Record<string, string>> =>
  (scope.recall(LEFT_OUT) ?? {}) as Readonly<Record<string, string>>;

const costly = (costs: readonly Cost[]): string => `${costs.join(', ')}: asked only with --intrusive`;

function untested(postman: Postman, reason: string): void {
  const scope = scopeOf(postman);
  scope.remember(LEFT_OUT, { ...leftOut(scope), [postman.info.requestName]: reason });
  postman.test.skip(testName('untested', reason), () => undefined);
  postman.execution.skipRequest();
}

/** After a request: each promise of the case as a test of its own; a known deviation as a skipped one. */
export function check(
  postman: Postman,
  { promised: known, ...expected }: Spec,
  shared: SharedParts = NO_SHARED_PARTS,
): void {
  const scope = scopeOf(postman);
  const answer = answerOf(postman);
  if (!answer) {
    noteSilence('the service does not answer', scope, postman);
    postman.test('An answer came', () => postman.expect.fail('no answer: see the connection error'));
    return;
  }
  if (isOneWorld() && postman.info.requestName === SIGN_IN && isRefusal(answer.status))
    scope.remember(SIGN_IN_REFUSED, 'yes');
  // Each such answer takes half a minute.
  if (causeOf(answer) === 'connectionPool') noteSilence('the service has no database connection left', scope, postman);
  else scope.remember(silenceOf(postman), '0');
  const expect = wholeExpectation(expected, shared);
  const promised = known && { ...known, expect: wholeExpectation(known.expect, shared) };
  const demanded = promised?.basis === 'icd' && profileOf(scope) === 'icd' ? promised.expect : expect;
  const findings = findingsOf(demanded, answer, scope);
  const cause = causeBehind(findings, answer);
  // After a wrong status nothing else is looked at.
  if (findings.length > 1 || isKept(findings)) {
    findings.push(...everyAnswer(answer, originOf(scope.text(postman.request.url.toString()), scope), scope));
  }
  if (promised && demanded === expect) tellDeviation(promised, { findings, cause }, answer, scope, postman);
  else tell({ findings, cause }, postman);
}

interface Outcome {
  readonly findings: readonly Finding[];
  /** Of those that do not know a cause of their own. */
  readonly cause?: CauseKey;
}

function tellDeviation(promised: Promised, observed: Outcome, answer: Answer, scope: Scope, postman: Postman): void {
  const asPromised = findingsOf(promised.expect, answer, scope);
  // The deviations are those of the recorded service: that another one keeps the manuals is no news.
  if (isKept(asPromised) && profileOf(scope) === 'icd') tell({ findings: asPromised }, postman);
  else if (isKept(asPromised)) {
    postman.test(testName('news', `the service now behaves as ${promised.cite} promises: ${promised.says}`), () =>
      postman.expect.fail('the deviation is resolved: review the case, then unpin it'),
    );
  } else if (isKept(observed.findings))
    postman.test.skip(testName('pinned', `${promised.cite} promises otherwise: ${promised.says}`), () => undefined);
  else tell(observed, postman);
}

function tell({ findings, cause }: Outcome, postman: Postman): void {
  for (const { promise, problem: got, cause: own } of findings) {
    postman.test(promise, () => {
      if (got !== undefined) postman.expect.fail(message(got, own ?? (cause && { key: cause })));
    });
  }
}

function message(got: string, cause: Cause | undefined): string {
  return cause ? problemMessage({ got, cause }, CAUSES[cause.key].says) : problemMessage({ got });
}

function profileOf(scope: Scope): Profile {
  return scope.value('profile') === 'icd' ? 'icd' : 'adg';
}

const silenceIn = (scope: Scope, postman: Postman): number => Number(scope.value(silenceOf(postman)) || '0');

function noteSilence(reason: string, scope: Scope, postman: Postman): void {
  scope.remember(silenceOf(postman), String(silenceIn(scope, postman) + 1));
  scope.remember('silence_reason', reason);
}

/** Per folder: another service may well answer. */
function silenceOf(postman: Postman): string {
  return `silent_${folderOf(postman).replace(/\W/g, '_')}`;
}

const folderOf = ({ execution }: Postman): string => execution.location[1] ?? '';
