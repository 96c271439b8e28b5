/**
 * How many defects of the services a test suite notices, ours and those that other generators make of our OpenAPI documents:
 *   npm run bench -- mutants [--peers] [--group <group>] [--only <name,name>] [--every <n>] [--quick] [--newman] [--out <file>]
 *   npm run bench -- mutants --generated <n> [--seed <n>] [--only <area,area>] [--minutes <n>] [--newman] [--out <file>]
 * Each mutant of the sandbox is met by our suite, folder after folder, until a check is red; what survives is printed. `--generated`
 * takes that many machine-made ones instead of the list. The suite's scripts are run without Newman, which comes to the same verdicts
 * in a twentieth of the time; `--newman` takes Newman. `--quick` leaves out the folders in which the defect changes no answer
 * (for the list only: where a generated one shows, its witness tells).
 * `--peers` adds openapi-to-postmanv2 with status checks, and the default contract tests of portman, which is installed (137 MB) below
 * the temporary folder.
 */
import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Mutant } from '../scripts/sandbox/faults/mutants/mutant';
import { MUTANTS } from '../scripts/sandbox/sandbox';
import { meetInLanes } from './mutants/lanes';
import { readSamples } from './mutants/samples';
import { converterPeer, portmanPeer } from './mutants/peers';
import { dialectOf } from './mutants/mutant-sandbox';
import { meetGenerated } from './mutants/generated';
import { ourSuite, type Way } from './mutants/our-suite';
import type { MetMutant, Suite } from './mutants/suite';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      peers: { type: 'boolean' },
      group: { type: 'string' },
      only: { type: 'string' },
      every: { type: 'string' },
      quick: { type: 'boolean' },
      newman: { type: 'boolean' },
      generated: { type: 'string' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const way: Way = { quick: values.quick ?? false, runner: values.newman ? 'newman' : 'light' };
  if (values.generated !== undefined) {
    if (values.quick)
      throw new Error('--quick would cost more than it saves: the witness tells where a generated mutant shows');
    const limits = { count: Number(values.generated), minutes: Number(values.minutes ?? Infinity) };
    return meetGenerated({
      ...limits,
      ...way,
      seed: Number(values.seed),
      only: values.only?.split(','),
      out: values.out,
    });
  }
  const every = Number(values.every ?? 1);
  const chosen = MUTANTS.filter(
    ({ group, name }, index) =>
      (values.group ?? group) === group && (values.only?.split(',') ?? [name]).includes(name) && index % every === 0,
  );
  const suites = [await ourSuite(new Set(chosen.map(dialectOf)), way), ...(values.peers ? await peers() : [])];
  const scores = new Map<string, readonly MetMutant[]>();
  for (const suite of suites) {
    console.log(`\n${suite.name}`);
    const met = await meetInLanes(
      suite,
      chosen.map((mutant) => ({ ...mutant, area: mutant.group })),
      (result) => {
        if (values.out) appendFileSync(values.out, `${JSON.stringify({ suite: suite.name, ...result })}\n`);
        tell(result);
      },
    );
    scores.set(suite.name, met);
  }
  printScores(scores, chosen);
  printSurvivors(scores.get(suites[0]!.name) ?? [], chosen);
}

async function peers(): Promise<Suite[]> {
  const samples = await readSamples();
  return [await converterPeer(samples), await portmanPeer(samples)];
}

function tell({ name, noticedBy, seconds }: MetMutant): void {
  console.log(`${name.padEnd(44)} ${seconds.toFixed(1).padStart(5)} s  ${noticedBy ?? 'SURVIVED'}`);
}

/** A column per suite. */
function printScores(scores: ReadonlyMap<string, readonly MetMutant[]>, mutants: readonly Mutant[]): void {
  const columns = [...scores].map(([suite, met]) => ({
    suite,
    noticed: new Set(met.flatMap(({ name, noticedBy }) => (noticedBy === undefined ? [] : name))),
  }));
  const row = (title: string, all: readonly Mutant[]): void => {
    const cells = columns.map(({ suite, noticed }) =>
      String(all.filter(({ name }) => noticed.has(name)).length).padStart(suite.length),
    );
    console.log(title.padEnd(14), String(all.length).padStart(7), '', cells.join('  '));
  };
  console.log(`\n${''.padEnd(14)} mutants  ${columns.map(({ suite }) => suite).join('  ')}`);
  for (const group of new Set(mutants.map((mutant) => mutant.group))) {
    row(
      group,
      mutants.filter((mutant) => mutant.group === group),
    );
  }
  row('all', mutants);
}

function printSurvivors(met: readonly MetMutant[], mutants: readonly Mutant[]): void {
  const survivors = new Set(met.flatMap(({ name, noticedBy }) => (noticedBy === undefined ? name : [])));
  console.log(`\n${survivors.size} survived our suite`);
  for (const { group, name, defect } of mutants) if (survivors.has(name)) console.log(`  ${group} ${name}: ${defect}`);
}

void main();
