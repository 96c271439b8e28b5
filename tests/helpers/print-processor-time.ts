import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Names the file in which processor-time.ts notes what each file of tests took. */
export const COST_VARIABLE = 'AUXFLOW_TEST_COST_FILE';

/** Of `npm run test:cost`: prints at the end which files of tests took how much processor time, the longest first. */
export function setup(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-cost-'));
  const file = path.join(folder, 'cost.jsonl');
  process.env[COST_VARIABLE] = file;
  return () => {
    if (existsSync(file)) console.log(tableOf(readFileSync(file, 'utf8').trim().split('\n')));
    rmSync(folder, { recursive: true });
  };
}

interface Noted {
  readonly file: string;
  /** Seconds. */
  readonly own: number;
  readonly children: number;
}

function tableOf(lines: readonly string[]): string {
  const rows = lines.map((line) => JSON.parse(line) as Noted);
  const total = ({ own, children }: Noted): number => own + children;
  const text = (seconds: number): string => seconds.toFixed(1).padStart(9);
  const told = rows
    .sort((a, b) => total(b) - total(a))
    .map((row) => `${text(total(row))}${text(row.children)}  ${path.relative(process.cwd(), row.file)}`);
  const sum = rows.reduce((seconds, row) => seconds + total(row), 0);
  return ['  seconds  children  of processor time', ...told, `${text(sum)}           all`].join('\n');
}
