/**
 * `npm run fidelity [-- FOLDER]`: replays recorded pairs on the sandbox and says for each operation how many answers are equal, equal
 * after a declared normalisation, or different. Without FOLDER those of the repository are replayed; `--write` puts their table into
 * docs/sandbox.md, and `--check` ends with 1 where the document says something else or an answer is different.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { DOCUMENT, documentedTable, withTable } from './documented';
import { recordingOfFolder, recordingsOfRepository, type Recording } from './recordings';
import { replay, type Replayed } from './replay';
import { countsOf, fidelityMarkdown } from './table';

async function main(words: readonly string[], out: NodeJS.WritableStream): Promise<number> {
  const options = words.filter((word) => word.startsWith('--'));
  const [folder] = words.filter((word) => !word.startsWith('--'));
  const unknown = options.find((option) => option !== '--write' && option !== '--check');
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}`);
  const replayed = await replayAll(
    folder === undefined ? await recordingsOfRepository() : [await recordingOfFolder(folder)],
  );
  tell(replayed, out);
  if (folder !== undefined) return 0;
  const document = await readFile(DOCUMENT, 'utf8');
  if (options.includes('--write')) await writeFile(DOCUMENT, withTable(document, fidelityMarkdown(replayed)));
  return options.includes('--check') ? check(replayed, document, out) : 0;
}

async function replayAll(recordings: readonly Recording[]): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const recording of recordings) replayed.push(...(await replay(recording)));
  return replayed;
}

function tell(replayed: readonly Replayed[], out: NodeJS.WritableStream): void {
  for (const { request, verdict } of replayed) {
    if (verdict.outcome === 'equal') continue;
    const headers = Object.entries(request.headers).filter(([name]) => name !== 'Authorization');
    const told = headers.map(([name, value]) => ` ${name}: ${value}`).join('');
    out.write(`${verdict.outcome} ${request.method} ${request.path}${told}\n`);
    for (const line of verdict.outcome === 'normalised' ? verdict.by : verdict.differences) out.write(`  ${line}\n`);
  }
  for (const { operation, equal, normalised, different } of countsOf(replayed))
    out.write(`${operation.padEnd(52)} ${equal} equal, ${normalised} normalised, ${different} different\n`);
}

/** The figure must not fall, and what people read must be what is. */
function check(replayed: readonly Replayed[], document: string, out: NodeJS.WritableStream): number {
  if (documentedTable(document) === fidelityMarkdown(replayed)) return 0;
  out.write(
    `${DOCUMENT} says something else: run npm run fidelity -- --write, and see that no answer has become different\n`,
  );
  return 1;
}

main(process.argv.slice(2), process.stdout).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
