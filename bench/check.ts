/**
 * What `auxflow check` and `export --format joborder` take in time and memory for a large campaign: `npm run bench -- check [--quick]`.
 * Made-up: 10 000 Level-0 products, 100 ADF types, 5 000 files of a few bytes. No figure is asserted: machines are shared. Linux only.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { lockText, LOCK_NAME, type CampaignLock } from '../scripts/campaign/lock/campaign-lock';
import { isWanted, typesOfMission } from '../scripts/sentinel/adf-types';
import { publishedTypes } from '../scripts/sentinel/published-types';
import { DAY, formatCompactTime } from '../scripts/sentinel/time';
import { watchTree } from './campaign/process-tree';

const AUXFLOW = path.join(__dirname, '..', 'dist', 'cli', 'main.js');
const MISSION = 'S3SRAL';
const PRODUCT_TYPE = 'L2LAN';
const TYPES = 100;
const FILES_OF_TYPE = 50;
const FIRST = Date.UTC(2020, 0, 1);
/** Validities follow each other, and overlap by half a day at both ends. */
const VALID = 7 * DAY;
const OVERLAP = DAY / 2;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean' } } });
  const products = values.quick ? 1000 : 10_000;
  const work = mkdtempSync(path.join(tmpdir(), 'auxflow-bench-'));
  try {
    const table = makeCampaign(work, products);
    console.log(`${products} Level-0 products × ${TYPES} types, load ${loadavg()[0]?.toFixed(1)}`);
    await measure('check', ['check', work, '--task-table', table]);
    await measure('check --json', ['check', work, '--task-table', table, '--json']);
    await measure('job orders', ['export', work, '--format', 'joborder', '--task-table', table]);
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function measure(what: string, words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [AUXFLOW, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { exitCode, seconds, cpuSeconds, peaks } = await watchTree(child);
  const figures = [
    `${seconds.toFixed(1)} s`,
    `${cpuSeconds.toFixed(1)} s of processor`,
    `peak ${Math.round(peaks.main)} MB`,
  ];
  console.log(`  ${what.padEnd(14)} exit code ${exitCode}, ${figures.join(', ')}`);
}

/** Returns the file of the task table. */
function makeCampaign(folder: string, products: number): string {
  const types = typesOfMission(publishedTypes(), MISSION)
    .filter((type) => isWanted(type, PRODUCT_TYPE))
    .map(({ longName }) => longName)
    .filter((name) => name.length === 11)
    .slice(0, TYPES);
  const files = types.flatMap((type, place) =>
    Array.from({ length: FILES_OF_TYPE }, (_none, index) => lockedFile(type, index, place * FILES_OF_TYPE + index)),
  );
  for (const { name } of files) writeFileSync(path.join(folder, name), 'auxflow');
  const lock: CampaignLock = {
    ...{ lockVersion: 1, campaign: 'bench', auxflow: '0.1.0', updatedAt: '2024-01-01T00:00:00Z', complete: true },
    site: { environment: 'sandbox', siteUrl: 'http://127.0.0.1:1', auxipRoot: 'http://127.0.0.1:1/auxip.svc' },
    request: {
      mission: MISSION,
      unit: 'A',
      productType: PRODUCT_TYPE,
      start: '2020-01-01',
      stop: '2020-12-01',
    },
    ...{ answers: [], files },
    level0: Array.from({ length: products }, (_none, index) => level0(index, products)),
  };
  writeFileSync(path.join(folder, LOCK_NAME), [...lockText(lock)].join(''));
  const table = path.join(folder, 'table.xml');
  writeFileSync(table, tableXml(types));
  return table;
}

function lockedFile(type: string, index: number, place: number): CampaignLock['files'][number] {
  const [start, stop] = [FIRST + index * VALID - OVERLAP, FIRST + (index + 1) * VALID + OVERLAP].map(formatCompactTime);
  const name = `S3A_${type}_${start}_${stop}_20240101T000000___________________MPC_O_AL_001.SEN3.zip`;
  const id = `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;
  const md5 = '0'.repeat(32);
  return { id, name, type, path: name, bytes: 7, md5, publicationDate: '2024-01-01T00:00:00Z', state: 'verified' };
}

function level0(index: number, products: number): CampaignLock['level0'][number] {
  const offset = (index / products) * FILES_OF_TYPE * VALID;
  const [start, stop] = [FIRST + offset, FIRST + offset + 600_000].map(formatCompactTime);
  const file = Math.floor(offset / VALID);
  return {
    name: `S3A_SR_0_SRA____${start}_${stop}_20240101T000000_0599_041_070______PS1_O_NR_001.SEN3.zip`,
    known: true,
    files: Array.from({ length: TYPES }, (_none, place) => place * FILES_OF_TYPE + file),
  };
}

function tableXml(types: readonly string[]): string {
  const alternative = (type: string, order: number): string =>
    `<Alternative><Order>${order}</Order><Origin>DB</Origin><Retrieval_Mode>LatestValCover</Retrieval_Mode><T0>50</T0><T1>50</T1><File_Type>${type}</File_Type><File_Name_Type>Physical</File_Name_Type></Alternative>`;
  const input = (type: string): string =>
    `<Input><Mode>ALWAYS</Mode><Mandatory>Yes</Mandatory><List_of_Alternatives>${alternative(type, 2)}${alternative('SR_X_NONEAX', 1)}</List_of_Alternatives></Input>`;
  const task = `<Task><Name>SM2</Name><Version>1</Version><List_of_Inputs>${types.map(input).join('')}</List_of_Inputs></Task>`;
  return `<Ipf_Task_Table><Processor_Name>S3A_SM2</Processor_Name><Version>1</Version><List_of_Pools><Pool><List_of_Tasks>${task}</List_of_Tasks></Pool></List_of_Pools></Ipf_Task_Table>`;
}

void main();
