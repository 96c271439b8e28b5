/**
 * How many defects of the services the tests notice that other generators make of our OpenAPI documents, beside
 * bench/mutants.ts, which asks the contract suite:
 *   npm run bench -- mutant-peers [--portman] [--quick] [--group <group>] [--only <name>] [--out <file>]
 * openapi-to-postmanv2 with status checks; with --portman also the default contract tests of portman, which is installed (137 MB)
 * below the temporary folder. A check that is red on the healthy sandbox counts for nothing.
 */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Mutant, MutantNeeds } from '../scripts/sandbox/mutants/mutant';
import { DOCUMENTED_QUOTA, MUTANTS, startSandbox, type Sandbox } from '../scripts/sandbox/sandbox';
import { readSite } from '../scripts/services/site';
import { readKeys, type Samples } from './mutants/fill-requests';
import { newlyRed, outcomeOf, redRequests, type Outcome } from './mutants/peer-run';
import { converterPeer, portmanPeer, PORTMAN_FOLDER, readOpenApi, type Peer } from './mutants/peers';

interface Result {
  readonly peer: string;
  readonly name: string;
  readonly group: string;
  /** The checks that are red for it. */
  readonly noticedBy: readonly string[];
  readonly seconds: number;
}

/** Scripts run in a thread of their own: two runs keep two cores busy. */
const LANES = 2;
const QUICK_EVERY = 10;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      portman: { type: 'boolean' },
      quick: { type: 'boolean' },
      group: { type: 'string' },
      only: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const every = values.quick ? QUICK_EVERY : 1;
  const chosen = MUTANTS.filter(
    ({ group, name }, index) =>
      (values.group ?? group) === group && (values.only ?? name) === name && index % every === 0,
  );
  const samples = await readSamples();
  const peers = [await converterPeer(samples)];
  if (values.portman) peers.push(await portmanPeer(samples));
  for (const peer of peers) {
    const began = performance.now();
    const results = await meetAll(peer, chosen, (result) => {
      if (values.out) appendFileSync(values.out, `${JSON.stringify(result)}\n`);
    });
    print(results);
    console.log(`${since(began).toFixed(0)} s`);
  }
  if (!values.portman) console.log(`\nportman: skipped; --portman installs it in ${PORTMAN_FOLDER}`);
}

/** The environment of the sandbox, and a key of each entity set; the reporting account may list them all (auxip.md §1.6). */
async function readSamples(): Promise<Samples> {
  const sandbox = await startSandbox();
  try {
    const variables = variablesAt(sandbox);
    const { auxipRoot, reprocessingRoot = '', tokenUrl } = readSite('sandbox', { siteUrl: sandbox.siteUrl });
    const { grant_type = '', client_id = '', reporting_username: username = '', password = '' } = variables;
    const form = { grant_type, client_id, username, password };
    const answer = await fetch(tokenUrl, { method: 'POST', body: new URLSearchParams(form) });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return {
      ...variables,
      ...(await readKeys(readOpenApi('auxip'), auxipRoot, token)),
      ...(await readKeys(readOpenApi('reprocessing'), reprocessingRoot, token)),
    };
  } finally {
    await sandbox.close();
  }
}

function variablesAt({ siteUrl }: Sandbox): Record<string, string> {
  const { variables } = readSite('sandbox', { siteUrl });
  return { ...variables, username: 'user', password: 'password' };
}

async function meetAll(peer: Peer, mutants: readonly Mutant[], tell: (result: Result) => void): Promise<Result[]> {
  const healthy = new Map<string, Outcome>();
  for (const { needs } of mutants) {
    const key = JSON.stringify(needs ?? {});
    if (!healthy.has(key)) healthy.set(key, await healthyOutcome(peer, needs));
  }
  const waiting = [...mutants];
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const began = performance.now();
      const { name, group, needs } = mutant;
      const expected = healthy.get(JSON.stringify(needs ?? {}))!;
      const noticedBy = newlyRed(await runAgainst(peer, needs, name), expected);
      const result = { peer: peer.name, name, group, noticedBy, seconds: since(began) };
      results.push(result);
      tell(result);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}

/** Of two runs: what is red in one of them is no check to rely on. */
async function healthyOutcome(peer: Peer, needs: MutantNeeds | undefined): Promise<Outcome> {
  const began = performance.now();
  const first = await runAgainst(peer, needs);
  const seconds = since(began).toFixed(1);
  const second = await runAgainst(peer, needs);
  const red = new Set([...first.red, ...second.red]);
  const outcome = { ...first, red, green: new Set([...first.green].filter((check) => !red.has(check))) };
  const site = `healthy sandbox${needs ? ` ${JSON.stringify(needs)}` : ''}`;
  const redCount = redRequests(outcome).size;
  console.log(`\n${peer.name}, ${site}: ${first.requests} requests in ${seconds} s, ${redCount} of them red`);
  for (const check of red) console.log(`  left out: ${check}`);
  return outcome;
}

async function runAgainst(peer: Peer, needs: MutantNeeds | undefined, mutant?: string): Promise<Outcome> {
  const quota = needs?.quota === 'documented' ? DOCUMENTED_QUOTA : undefined;
  const sandbox = await startSandbox({ ...needs, quota, mutant });
  try {
    return await outcomeOf(peer.collection, variablesAt(sandbox));
  } finally {
    await sandbox.close();
  }
}

function print(results: readonly Result[]): void {
  const groups = [...new Set(results.map(({ group }) => group))];
  for (const group of [...groups, undefined]) {
    const all = results.filter((result) => group === undefined || result.group === group);
    const noticed = all.filter(({ noticedBy }) => noticedBy.length > 0);
    console.log(
      `${(group ?? 'all').padEnd(14)} ${String(noticed.length).padStart(4)} of ${String(all.length).padStart(4)}`,
    );
  }
}

const since = (began: number): number => (performance.now() - began) / 1000;

void main();
