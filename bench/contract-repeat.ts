/**
 * Whether `auxflow contract` comes to the same verdicts again and again on a machine that is busy:
 *   npm run bench -- contract-repeat [--runs <n>] [--loops <n>] [-- <words for auxflow contract>]
 * Whole runs (20) on one sandbox, one after the other, while other threads (4) count to infinity. Prints each run and whether all agree;
 * exit code 1 when one of them does not, or is red.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { countVerdicts, type ContractReport } from '../scripts/contract-suite/report/contract-report';
import { costWords } from '../scripts/contract-suite/report/cost-sum';

const BIN = path.join(__dirname, '..', 'dist', 'cli', 'main.js');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { runs: { type: 'string', default: '20' }, loops: { type: 'string', default: '4' } },
    allowPositionals: true,
  });
  const busy = Array.from({ length: Number(values.loops) }, () => new Worker('for (;;);', { eval: true }));
  const sandbox = spawn(process.execPath, [BIN, 'sandbox', '--port', '0', '--scenario', 'documented-quota'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-repeat-'));
  try {
    const siteUrl = await siteOf(sandbox);
    const told = new Set<string>();
    for (let run = 1; run <= Number(values.runs); run += 1) {
      const report = await runOnce(siteUrl, positionals, path.join(folder, String(run)));
      console.log(`${String(run).padStart(3)}  ${sentence(report)}`);
      told.add(JSON.stringify(report.cases.map(({ key, verdict, held }) => [key, verdict, held])));
      if (report.exitCode !== 0) process.exitCode = 1;
    }
    console.log(told.size === 1 ? 'All agree, case by case.' : `${told.size} different outcomes.`);
    if (told.size !== 1) process.exitCode = 1;
  } finally {
    sandbox.kill();
    await Promise.all(busy.map((worker) => worker.terminate()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function siteOf({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    stdout?.once('data', (line: Buffer) => resolve((JSON.parse(line.toString()) as { site_url: string }).site_url));
  });
}

/** One run of the suite; what it draws of the catalogue is the same in all of them. */
async function runOnce(siteUrl: string, words: readonly string[], reports: string): Promise<ContractReport> {
  const own = ['--site-url', siteUrl, '--seed', '1', '--reports', reports];
  const child = spawn(process.execPath, [BIN, 'contract', ...own, ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => child.once('close', resolve));
  const [run = ''] = readdirSync(reports).filter((name) => name.endsWith('-contract'));
  return JSON.parse(readFileSync(path.join(reports, run, 'contract.json'), 'utf8')) as ContractReport;
}

function sentence({ cases, findings, costs, seconds, exitCode }: ContractReport): string {
  const { kept, broken, news, pinned, untested } = countVerdicts(cases);
  const counts = `${kept} kept, ${broken + news} red (findings: ${findings.length}), ${pinned} pinned, ${untested} untested`;
  return `exit ${exitCode}, ${counts}; ${costWords(costs)}; ${seconds.toFixed(0)} s`;
}

void main();
