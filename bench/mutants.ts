/**
 * How many defects of the services the contract suite notices:
 *   npm run bench -- mutants [--group <group>] [--only <name>] [--every <n>] [--quick] [--out <file>]
 * Each mutant of the sandbox is met by the suite, folder after folder, until a check is red. What survives is printed. `--quick` asks only
 * the folders where the defect is likely to show.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CASE_FOLDERS } from '../scripts/collections/contract-suite/folders';
import { ROOT } from '../scripts/contract/services';
import { createRedactor } from '../scripts/newman/redact';
import { runSuite, type SuiteRunOptions } from '../scripts/newman/run-suite';
import { DOCUMENTED_QUOTA, MUTANTS, startSandbox } from '../scripts/sandbox/sandbox';
import type { Mutant } from '../scripts/sandbox/mutants/mutant';
import { readSite } from '../scripts/services/site';

interface Result {
  name: string;
  group: string;
  defect: string;
  /** The case and check that noticed it. */
  noticedBy?: string;
  seconds: number;
}

const COLLECTION = JSON.parse(
  readFileSync(path.join(ROOT, 'collections', 'service-contract.postman_collection.json'), 'utf8'),
) as SuiteRunOptions['collection'];

/** Runs side by side: scripts run in a thread of their own, so two keep two cores busy. */
const LANES = 2;

/** Of groups that may show anywhere, when only a quick look is wanted. */
const QUICK = [
  'auxip.svc filters',
  'auxip.svc pages and rows',
  'rdb.svc calls and refusals',
  'Downloads',
  'Token endpoint',
];

/** Where a group's defects are likely to show; the other folders follow. */
const LIKELY: Readonly<Record<string, readonly string[]>> = {
  rules: ['Selection rules'],
  baselines: ['rdb.svc baselines', 'Selection rules', 'rdb.svc known quirks'],
  intervals: ['rdb.svc baselines'],
  caching: ['rdb.svc baselines', 'rdb.svc known quirks'],
  tokens: ['Token endpoint', 'Gateway and roles', 'Expiry'],
  roles: ['Gateway and roles'],
  quota: ['Quota', 'Gateway and roles'],
  redirects: ['Downloads', 'Gateway and roles'],
  store: ['Downloads'],
  checksums: ['Downloads', 'auxip.svc filters'],
  identity: ['rdb.svc baselines'],
  reprocessing: ['reprocessing.svc', 'reprocessing.svc functions and refusals'],
  ordering: ['auxip.svc pages and rows'],
  paging: ['auxip.svc pages and rows'],
  counting: ['auxip.svc pages and rows'],
  selecting: ['auxip.svc pages and rows'],
  filtering: ['auxip.svc filters', 'auxip.svc filter language'],
  errors: ['auxip.svc refused filters', 'auxip.svc refusals', 'rdb.svc calls and refusals'],
  metadata: ['auxip.svc resources', 'rdb.svc calls and refusals'],
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      group: { type: 'string' },
      only: { type: 'string' },
      every: { type: 'string' },
      quick: { type: 'boolean' },
      out: { type: 'string' },
    },
  });
  const every = Number(values.every ?? 1);
  const chosen = MUTANTS.filter(
    ({ group, name }, index) =>
      (values.group ?? group) === group && (values.only ?? name) === name && index % every === 0,
  );
  const waiting = [...chosen];
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const result = await meet(mutant, values.quick ?? false);
      results.push(result);
      if (values.out) appendFileSync(values.out, `${JSON.stringify(result)}\n`);
      const { name, group, noticedBy = 'SURVIVED', seconds } = result;
      console.log(`${group.padEnd(13)} ${name.padEnd(44)} ${seconds.toFixed(1).padStart(5)} s  ${noticedBy}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  const survivors = results.filter(({ noticedBy }) => noticedBy === undefined);
  console.log(`\n${results.length - survivors.length} of ${results.length} mutants noticed`);
  for (const { group, name, defect } of survivors) console.log(`survived: ${group} ${name}: ${defect}`);
}

/** The suite against one mutant, until something is red. */
async function meet({ name, group, defect, needs }: Mutant, quick: boolean): Promise<Result> {
  const began = performance.now();
  const dialect = needs?.dialect ?? 'adg';
  const sandbox = await startSandbox({ mutant: name, dialect, quota: DOCUMENTED_QUOTA });
  try {
    const variables = {
      ...readSite('sandbox', { siteUrl: sandbox.siteUrl }).variables,
      ...{ username: 'user', password: 'password', profile: dialect, quota_run: '5' },
    };
    for (const folder of quick ? (LIKELY[group] ?? QUICK) : orderOf(group)) {
      const noticedBy = await firstRed(folder, variables);
      if (noticedBy !== undefined) return { name, group, defect, noticedBy, seconds: since(began) };
    }
    return { name, group, defect, seconds: since(began) };
  } finally {
    await sandbox.close();
  }
}

function orderOf(group: string): string[] {
  const likely = LIKELY[group] ?? [];
  const others = CASE_FOLDERS.filter(({ name }) => !likely.includes(name)).map(({ name }) => name);
  // The clock is moved in the last ones.
  return [...likely, ...others].sort((one, other) => Number(isAlone(one)) - Number(isAlone(other)));
}

const isAlone = (folder: string): boolean => CASE_FOLDERS.some(({ name, alone }) => name === folder && alone === true);

async function firstRed(folder: string, variables: Readonly<Record<string, string>>): Promise<string | undefined> {
  let red: string | undefined;
  await runSuite({
    collection: COLLECTION,
    folders: [folder],
    variables,
    bail: true,
    seconds: 60,
    redactor: createRedactor(['password']),
    onStep: ({ name, assertions, fault }) => {
      const failed = assertions.find(({ outcome }) => outcome === 'failed');
      if (failed ?? fault) red ??= `${folder} › ${name} › ${failed?.name ?? fault ?? ''}`;
    },
  });
  return red;
}

const since = (began: number): number => (performance.now() - began) / 1000;

void main();
