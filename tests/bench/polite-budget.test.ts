import { expect, test } from 'vitest';
import { BUDGET } from '../../scripts/contract-suite/case-costs';
import type { CaseFolder } from '../../scripts/contract-suite/contract-case';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import type { RecordedRequest } from '../../scripts/sandbox/recorder';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import type { CaseStep } from '../../scripts/newman/case-step';
import { COSTS, costsOf } from '../../scripts/services/request-costs';
import { rounds } from '../helpers/budget';
import { inTurns } from '../helpers/in-turns';
import { lightSteps } from '../helpers/light-suite';
import { withSandbox } from '../helpers/with-sandbox';
import { logIn } from '../sandbox/log-in';

const MINUTES = 60_000;
const NIGHTS = rounds(1, 20);

/** Checks that failed in a default run on a real site: one that does not let its clock be moved. */
async function red(sandbox: Sandbox, folders: readonly CaseFolder[], seed: string): Promise<string[]> {
  const variables = { sandbox_control: '', intrusive: '', contract_seed: seed };
  const steps: CaseStep[] = [];
  for (const { name } of folders) steps.push(...(await lightSteps(name, sandbox.siteUrl, variables)));
  expect(steps.length).toBeGreaterThan(100);
  return steps.flatMap(({ folder, name, assertions, fault }) => {
    const failed = assertions.filter(({ outcome }) => outcome === 'failed').map(({ message = '' }) => message);
    return [...failed, ...(fault === undefined ? [] : [fault])].map((what) => `${folder}: ${name}: ${what}`);
  });
}

/** The record does not say whether a redirect leads to the store or, without a token, to the login page. */
const isLetIn = ({ url, headers }: RecordedRequest): boolean =>
  !/\/(?:\$|%24)value$/.test(url) || /^Bearer eyJ/.test(headers.authorization ?? '');

inTurns(2)('a default run on a real site costs it no more than the budget: as the sandbox recorded it', async () => {
  // One connection: the first request that takes it would turn all others red.
  const sandbox = await withSandbox({ scenario: 'count-leak@1', connectionSeconds: 0 });
  expect(await red(sandbox, CASE_FOLDERS, '1')).toEqual([]);
  const seen = sandbox.requests.filter(isLetIn).flatMap(costsOf);
  const spent = COSTS.map((cost) => [cost, seen.filter((item) => item === cost).length] as const);
  expect(spent.filter(([cost, count]) => count > BUDGET[cost])).toEqual([]);
  expect(Object.fromEntries(spent)).toMatchObject({ 'leaks a connection': 0, 'failed login': 1, '$value grant': 3 });
  expect(sandbox.requests.length).toBeGreaterThan(900);
});

test(
  `default runs of ${NIGHTS === 1 ? 'a night' : `${NIGHTS} nights`} take none of the 80 connections`,
  async () => {
    const leaky = CASE_FOLDERS.filter(({ cases }) =>
      cases.some(({ costs = [], request }) => costs.includes('leaks a connection') && request.url.includes('auxip')),
    );
    expect(leaky.length).toBeGreaterThan(2);
    const sandbox = await withSandbox({ scenario: 'count-leak', connectionSeconds: 0 });
    for (let night = 1; night <= NIGHTS; night += 1) expect(await red(sandbox, leaky, String(night))).toEqual([]);
    const { access_token: token } = await logIn(sandbox.siteUrl);
    const headers = { Authorization: `Bearer ${token}` };
    const count = async (): Promise<number> =>
      (await fetch(`${sandbox.siteUrl}/auxip.svc/Products?$top=0&$count=true`, { headers })).status;
    const statuses: number[] = [];
    for (let taken = 0; taken <= 80; taken += 1) statuses.push(await count());
    expect([statuses.indexOf(500), statuses.at(-1)]).toEqual([80, 500]);
  },
  5 * MINUTES,
);
