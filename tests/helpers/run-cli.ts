import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';

/** The command line as it is installed; vitest builds it before the first test. */
export const BIN = path.join(ROOT, 'dist', 'cli', 'main.js');

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface CliOptions {
  /** What to run in place of this checkout's build. */
  bin?: string;
  /** undefined takes a variable away. */
  environment?: Record<string, string | undefined>;
  cwd?: string;
  /** Standard input; without it there is none. */
  input?: string;
  /** Called with the running process, e.g. to send it a signal. */
  started?: (child: ChildProcess) => void;
}

/** Runs the real command line in a process of its own, without a terminal and without the caller's account and site. */
export function runCli(words: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(ADG_|AUXFLOW_SITE_URL$)/.test(name)),
  );
  const child = spawn(process.execPath, [options.bin ?? BIN, ...words], {
    cwd: options.cwd,
    env: { ...inherited, NO_COLOR: '1', ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  options.started?.(child);
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** A folder that is gone when the test is over. Tests that run side by side give the `onTestFinished` of their context. */
export function temporaryFolder(atEnd = onTestFinished): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-test-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Names of the folders of the runs in a folder of reports, oldest first; beside them is the history. */
export function reportNames(reports: string): string[] {
  return readdirSync(reports)
    .filter((name) => name !== 'history.jsonl' && name !== 'index.html')
    .sort();
}

/** `--out` and `--reports` below one folder. */
export function placesIn(folder: string): string[] {
  return ['--out', path.join(folder, 'out'), '--reports', path.join(folder, 'reports')];
}
