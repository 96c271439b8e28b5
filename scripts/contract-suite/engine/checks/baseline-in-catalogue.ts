import { serverTime, type Answer } from '../answer';
import type { Row } from '../catalogue-sample';
import { finding, firstProblem, type Finding } from '../finding';
import { takeBatch, type LinkedFile } from '../linked-files';
import { QUIRKS } from '../../quirks';
import type { Scope } from '../scope';
import { rowFindings, rowPromises } from './row-promises';

/** Each file of the part asked for is in the catalogue, once, under the id of its link, and true to itself. Goes on with the next part. */
export function baselineInCatalogue(answer: Answer, scope: Scope): Finding[] {
  const { from, files, isLast } = takeBatch(scope);
  if (!isLast) scope.repeat();
  const { value } = answer.json() as { value: readonly Row[] };
  const promises = rowPromises(scope, serverTime(answer));
  const part = `Files ${from + 1} to ${from + files.length}`;
  return [
    finding(`${part} are in the catalogue under the ids of their links`, () =>
      firstProblem(
        files,
        ({ name }) => name,
        (file) => wrongEntry(file, value),
      ),
    ),
    ...rowFindings(value, promises, `${part}: `).filter(({ problem }) => problem !== undefined),
  ];
}

/** The part cannot be read: its status tells so. The others are read all the same. */
export function skipLinked(scope: Scope): Finding[] {
  if (!takeBatch(scope).isLast) scope.repeat();
  return [];
}

/** A cause is told only where the answer shows it. */
function wrongEntry({ name, id }: LinkedFile, entries: readonly Row[]): string | undefined {
  const ids = entries.filter((entry) => entry.Name.trim() === name).map(({ Id }) => Id.toLowerCase());
  if (ids.length === 1 && ids[0] === id) return undefined;
  if (ids.length === 0) return `no entry of that name, the link says ${id}`;
  if (ids.length > 1) return `${ids.length} entries of that name: ${ids.join(', ')}`;
  const owner = entries.find((entry) => entry.Id.toLowerCase() === id)?.Name.trim();
  const told = `the entry is ${ids[0] ?? ''}, the link says ${id}`;
  return owner === undefined ? `${told}. ${QUIRKS.staleLink}` : `${told}, which is the id of ${owner}`;
}
