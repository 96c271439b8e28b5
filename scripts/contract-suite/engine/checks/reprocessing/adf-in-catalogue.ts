import { adfSample, instantOf, type AdfRow } from '../../adf-sample';
import type { Answer } from '../../answer';
import { memberOf, type Row } from '../../catalogue-sample';
import { difference, finding, type Finding } from '../../finding';
import type { Scope } from '../../scope';
import { batchFilter, batchOf, stemOf } from './adf-seeds';

/** Both services know a file by the same id and say the same of it; callers take names here and ids there (rdb.md#files-and-links). */
export function adfInCatalogue(answer: Answer, scope: Scope): Finding[] {
  const files = adfSample('AuxFiles', scope);
  const index = Number(scope.value('adf_batch'));
  const batch = batchOf(files, index);
  const { value } = answer.json() as { value: Row[] };
  askForNext(files, index + 1, scope);
  return PROMISES.map(([promise, problemOf]) =>
    finding(`${promise} (part ${index + 1})`, () => {
      for (const file of batch) {
        const problem = problemOf(
          file,
          value.find(({ Id }) => Id === file.Id),
        );
        if (problem !== undefined) return `${String(file.FullName)}: ${problem}`;
      }
      return undefined;
    }),
  );
}

type FilePromise = (file: AdfRow, entry: Row | undefined) => string | undefined;

const PROMISES: readonly (readonly [promise: string, problemOf: FilePromise])[] = [
  [
    'The catalogue has each file under the same id',
    (file, entry) => (entry ? undefined : `no entry ${String(file.Id)}`),
  ],
  [
    'Its name is the same, but for the ending',
    (file, entry) => entry && difference(stemOf(file.FullName), stemOf(entry.Name)),
  ],
  [
    'Its validity and creation are the same',
    (file, entry) =>
      entry &&
      difference(
        [file.ValidityStart, file.ValidityStop, file.CreationDate].map(instantOf),
        ['ContentDate/Start', 'ContentDate/End', 'OriginDate'].map((date) => Date.parse(String(memberOf(entry, date)))),
      ),
  ],
];

function askForNext(files: readonly AdfRow[], index: number, scope: Scope): void {
  const isLast = batchOf(files, index).length === 0;
  scope.remember('adf_batch', String(isLast ? 0 : index));
  scope.remember('adf_batch_filter', batchFilter(files, isLast ? 0 : index));
  if (!isLast) scope.repeat();
}
