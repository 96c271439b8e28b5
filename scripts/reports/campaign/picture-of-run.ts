import type { CompletenessMatrix } from '../../matrix/matrix';
import type { ReportedFile } from '../run/run-report';
import type { CampaignPicture, FileFacts } from './campaign-picture';

/** The matrix with what became of its files, and with files that belong to no row. */
export function pictureOf(matrix: CompletenessMatrix, files: readonly ReportedFile[]): CampaignPicture {
  const byName = new Map(files.map((file) => [file.name, file]));
  const facts = matrix.files.map(({ name }): FileFacts => factsOf(byName.get(name)));
  const known = new Set(matrix.files.map(({ name }) => name));
  const others = files.filter(({ name }) => !known.has(name));
  return {
    matrix: { ...matrix, files: [...matrix.files, ...others.map(({ name }) => ({ name }))] },
    facts: [...facts, ...others.map(factsOf)],
  };
}

function factsOf(file: ReportedFile | undefined): FileFacts {
  if (!file) return { neededBy: 0 };
  const { status, bytes, md5, error, neededBy } = file;
  return { status, bytes: bytes > 0 ? bytes : undefined, md5, error, neededBy };
}
