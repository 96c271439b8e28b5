/** Files that baselines name with a link, each once: what they lead to is looked up by name, some at a time. */
import { idOfLink, type BaselineFile } from './baseline-sample';
import type { Scope } from './scope';

export interface LinkedFile {
  /** Trimmed. */
  readonly name: string;
  /** Lower-case UUID of the link; empty text where it has none. */
  readonly id: string;
}

/** Names in one look-up: the catalogue compares each with every entry (auxip.md#filters), and a URL has 2000 characters. */
const MAX_NAMES = 15;
const MAX_CHARACTERS = 1600;

const FILES = 'linked_files';
const ASKED = 'linked_asked';
const FILTER = 'linked_names';

export function forgetLinked(scope: Scope): void {
  scope.remember(FILES, []);
  scope.remember(ASKED, 0);
  scope.remember(FILTER, '');
}

/** Those that are new are put at the end; two links of one name are two files. */
export function keepLinked(files: readonly BaselineFile[], scope: Scope): void {
  const known = new Set(keptLines(scope));
  const before = known.size;
  for (const { Name, AuxipLink } of files) known.add(`${Name.trim()} ${idOfLink(AuxipLink)}`);
  if (known.size === before) return;
  scope.remember(FILES, [...known]);
  prepare(scope);
}

/** The files that were asked for; the filter is that for the next ones from now on. */
export function takeBatch(scope: Scope): {
  readonly from: number;
  readonly files: readonly LinkedFile[];
  readonly isLast: boolean;
} {
  const from = asked(scope);
  const files = batchFrom(from, scope);
  scope.remember(ASKED, from + files.length);
  prepare(scope);
  const isLast = from + files.length >= keptLines(scope).length;
  if (isLast) forgetLinked(scope);
  return { from, files, isLast };
}

/** `Name eq 'a' or Name eq 'b'`. */
export function nameFilter(names: readonly string[]): string {
  return names.map((name) => `Name eq '${name}'`).join(' or ');
}

function prepare(scope: Scope): void {
  scope.remember(FILTER, nameFilter([...new Set(batchFrom(asked(scope), scope).map(({ name }) => name))]));
}

function batchFrom(from: number, scope: Scope): readonly LinkedFile[] {
  const batch = keptLines(scope)
    .slice(from, from + MAX_NAMES)
    .map(fileOf);
  while (batch.length > 1 && encodeURI(nameFilter(batch.map(({ name }) => name))).length > MAX_CHARACTERS) batch.pop();
  return batch;
}

function fileOf(line: string): LinkedFile {
  const place = line.lastIndexOf(' ');
  return { name: line.slice(0, place), id: line.slice(place + 1) };
}

const keptLines = (scope: Scope): readonly string[] => (scope.recall(FILES) ?? []) as string[];
const asked = (scope: Scope): number => Number(scope.recall(ASKED) ?? 0);
