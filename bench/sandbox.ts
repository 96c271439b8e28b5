/**
 * The sandbox over HTTP at real scale, in a process of its own:
 *   node -r ts-node/register bench/sandbox.ts [folder of real names]
 * Beside each figure stands its limit (issue 3), and where it is known what the real code needed for the same question on such a
 * machine. Figures are told, not asserted: these machines are shared.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tokenAt } from './sign-in';

const FOLDER = process.argv[2] ?? path.join(__dirname, '..', '..', 'shared', 'catalogue');
const BIN = path.join(__dirname, '..', 'dist', 'cli', 'main.js');
const DAY = "start=2020-05-15T00:00:00Z,stop=2020-05-16T00:00:00Z,mission='S3OLCI',unit='A',product_type='L2LFR'";

interface Row {
  what: string;
  milliseconds: number;
  limit: number;
  realCode?: number;
}

async function main(): Promise<void> {
  const began = performance.now();
  const child = spawn(process.execPath, [BIN, 'sandbox', '--catalogue', FOLDER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const siteUrl = await new Promise<string>((resolve) => {
    child.stdout.once('data', (line: Buffer) =>
      resolve((JSON.parse(line.toString()) as { site_url: string }).site_url),
    );
  });
  try {
    const rows: Row[] = [{ what: 'start and load', milliseconds: performance.now() - began, limit: 15_000 }];
    const memory = [['after loading', residentMegabytes(child.pid)]];
    const ask = await client(siteUrl);
    const day = (): Promise<number> => ask(`/rdb.svc/getReprocessingDataBaseline(${DAY})`);
    rows.push({ what: 'one day of S3OLCI A L2LFR, cold', milliseconds: await day(), limit: 300, realCode: 5000 });
    rows.push({ what: 'the same, warm (median of 11)', milliseconds: await median(11, day), limit: 75, realCode: 750 });
    for (const [what, filter, limit] of [
      ['startswith, first page, cold', "startswith(Name,'S3A_OL_1_CAL')", 20],
      ['startswith, another prefix, cold', "startswith(Name,'S2A_OPER_GIP')", 20],
      ['contains, cold', "contains(Name,'POEORB')", 150],
      ['contains, no hit, cold', "contains(Name,'NOTHING_HAS_THIS')", 150],
    ] as const) {
      rows.push({ what, milliseconds: await ask(`/auxip.svc/Products?$filter=${encodeURIComponent(filter)}`), limit });
    }
    memory.push(['at the end', residentMegabytes(child.pid)]);
    print(rows, memory);
  } finally {
    child.kill();
  }
}

/** Asks with a token, reads the whole answer, gives the milliseconds it took. */
async function client(siteUrl: string): Promise<(target: string) => Promise<number>> {
  const token = await tokenAt({ siteUrl }, 'user');
  return async (target) => {
    const began = performance.now();
    const { status, ...response } = await send(siteUrl + target, token);
    if (status !== 200) throw new Error(`${target} answered ${status}: ${response.text.slice(0, 200)}`);
    return performance.now() - began;
  };
}

async function send(url: string, token: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, text: await response.text() };
}

async function median(times: number, measure: () => Promise<number>): Promise<number> {
  const measured: number[] = [];
  for (let count = 0; count < times; count += 1) measured.push(await measure());
  return measured.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

function residentMegabytes(pid: number | undefined): string {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return `${Math.round(Number(kilobytes) / 1000)} MB`;
}

function print(rows: readonly Row[], memory: readonly (readonly string[])[]): void {
  console.log('what'.padEnd(40), 'took'.padStart(10), 'limit'.padStart(10), '  real code / sandbox');
  for (const { what, milliseconds, limit, realCode } of rows) {
    const ratio = realCode === undefined ? '' : `  ${(realCode / milliseconds).toFixed(0)} x`;
    console.log(what.padEnd(40), `${milliseconds.toFixed(0)} ms`.padStart(10), `${limit} ms`.padStart(10), ratio);
  }
  for (const [when = '', amount = ''] of memory)
    console.log(`memory ${when}`.padEnd(40), amount.padStart(10), '1500 MB'.padStart(10));
}

void main();
