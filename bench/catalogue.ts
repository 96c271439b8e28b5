/**
 * How fast the sandbox's catalogue loads and answers at real scale:
 *   node -r ts-node/register bench/catalogue.ts [folder of real names]
 * Wall clock, and the processor time beside it, which a busy machine does not stretch. No figure is asserted.
 */
import { join } from 'node:path';
import type { Catalogue } from '../scripts/sandbox/catalogue/catalogue';
import { loadCatalogue } from '../scripts/sandbox/catalogue/load-directory';
import { selectAdfs } from '../scripts/sentinel/select-adfs';

const DEFAULT_FOLDER = join(__dirname, '../../shared/catalogue');
const MEGABYTE = 1_000_000;

type Row = readonly [what: string, figure: string, remark?: string];

/** Milliseconds. */
interface Time {
  readonly wall: number;
  readonly processor: number;
}

async function main(): Promise<void> {
  const stop = stopwatch();
  const { catalogue, report } = await loadCatalogue(process.argv[2] ?? DEFAULT_FOLDER);
  const rows: Row[] = [
    ['load', shown(stop()), `${report.level0s} L0s, ${report.adfs} ADFs`],
    ['memory after loading (RSS)', `${Math.round(process.memoryUsage().rss / MEGABYTE)} MB`],
    ...baselineRows(catalogue),
    ...nameRows(catalogue),
    ['memory at its peak (RSS)', `${Math.round(process.resourceUsage().maxRSS / 1000)} MB`],
  ];
  console.log(''.padEnd(44), 'wall / processor'.padStart(26));
  for (const [what, figure, remark = ''] of rows) console.log(what.padEnd(44), figure.padStart(26), ` ${remark}`);
}

/** First call on an empty cache, then the median of eleven more. */
function baselineRows(catalogue: Catalogue): Row[] {
  const questions = [
    ['S3OLCI', 'L2LFR', 'S3A_OL_0_EFR'],
    ['S3SRAL', 'L2LAN', 'S3A_SR_0_SRA'],
    ['S2MSI', 'L1C', 'S2A'],
  ] as const;
  return questions.flatMap(([mission, productType, prefix]) => {
    const ask = () => selectDay(catalogue, mission, productType, prefix);
    const [cold, answer] = timed(ask);
    const [warm = cold] = Array.from({ length: 11 }, () => timed(ask)[0])
      .sort(byWall)
      .slice(5);
    const size = `${answer.level0s} L0s, ${answer.files} files chosen`;
    const day = `one day of ${mission} A ${productType}`;
    return [[`${day}, cold`, shown(cold), size] as const, [`${day}, warm`, shown(warm)] as const];
  });
}

function selectDay(catalogue: Catalogue, mission: string, productType: string, prefix: string) {
  const level0s = catalogue.level0Within(
    prefix,
    Date.parse('2020-03-01T00:00:00Z'),
    Date.parse('2020-03-02T00:00:00Z'),
  );
  const chosen = level0s.flatMap(({ name, start: t0, stop: t1 }) =>
    selectAdfs({ level0: name, t0, t1, mission, unit: 'A', productType }, catalogue),
  );
  return { level0s: level0s.length, files: chosen.reduce((sum, { files }) => sum + files.length, 0) };
}

function nameRows(catalogue: Catalogue): Row[] {
  const known = 'S3A_OL_0_EFR____20200101T000154_20200101T000352';
  const unknown = 'S1A_IW_RAW__0NDV_20201001T062556_20201001T063833_034599_040733_8B28.SAFE.zip';
  const searches: [string, () => number | undefined][] = [
    ["startswith(Name,'S3A_OL_2')", () => catalogue.productsByNamePrefix?.('S3A_OL_2').slice(0, 200).length],
    ["startswith(Name,'S3')", () => catalogue.productsByNamePrefix?.('S3').slice(0, 200).length],
    ["contains(Name,'OL_2_PPP')", () => catalogue.productsByNameContaining?.('OL_2_PPP').slice(0, 200).length],
    ["contains(Name,'AX_2020')", () => catalogue.productsByNameContaining?.('AX_2020').slice(0, 200).length],
    ['all entries, one by one, first time', () => [...catalogue.products()].length],
    ['all entries, one by one, again', () => [...catalogue.products()].length],
    ['L0 by a part of its name', () => Number(catalogue.findLevel0(known) !== undefined)],
    ['L0 that is not known', () => Number(catalogue.findLevel0(unknown) !== undefined)],
  ];
  return searches.map(([what, search]) => {
    const [time, found] = timed(search);
    return [what, shown(time), `${found ?? 0} found`];
  });
}

function timed<Result>(run: () => Result): [Time, Result] {
  const stop = stopwatch();
  const result = run();
  return [stop(), result];
}

function stopwatch(): () => Time {
  const began = performance.now();
  const used = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - began, processor: (user + system) / 1000 };
  };
}

const byWall = (a: Time, b: Time) => a.wall - b.wall;
const shown = ({ wall, processor }: Time) => `${wall.toFixed(1)} / ${processor.toFixed(1)} ms`;

void main();
