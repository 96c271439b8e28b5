import type { CompletenessMatrix, MatrixFile } from '../../matrix/matrix';
import { parseAdfName } from '../../sentinel/adf-name';
import type { ReportedFile, RunReport } from '../run/run-report';
import type { CampaignPicture, FileFacts } from './campaign-picture';

/** The matrix with what became of its files, and with files that belong to no row. */
export function pictureOf(
  matrix: CompletenessMatrix,
  { files, retries = [] }: Pick<RunReport, 'files' | 'retries'>,
): CampaignPicture {
  const byName = new Map(files.map((file) => [file.name, file]));
  const again = new Map<string, number>();
  for (const { name } of retries) again.set(name, (again.get(name) ?? 0) + 1);
  const factsOfName = (name: string): FileFacts => factsOf(byName.get(name), again.get(name));
  const known = new Set(matrix.files.map(({ name }) => name));
  const others = files.filter(({ name }) => !known.has(name)).map(({ name }) => fileOf(name));
  const all = [...matrix.files, ...others].map((file) => {
    const eviction = Date.parse(byName.get(file.name)?.evictionDate ?? '');
    return Number.isNaN(eviction) ? file : { ...file, eviction };
  });
  return { matrix: { ...matrix, files: all }, facts: all.map(({ name }) => factsOfName(name)) };
}

/** As its name says. */
function fileOf(name: string): MatrixFile {
  const { start, stop, creation } = parseAdfName(name) ?? {};
  return { name, start, stop, creation };
}

function factsOf(file: ReportedFile | undefined, retries: number | undefined): FileFacts {
  if (!file) return { neededBy: 0 };
  const { status, bytes, md5, error, neededBy, seconds, network } = file;
  const took = status === 'verified' ? (network?.seconds ?? seconds) : undefined;
  return { status, bytes: bytes > 0 ? bytes : undefined, md5, error, neededBy, seconds: took, retries };
}

/** Of a campaign that was not judged: no cells. */
export function notJudged({ request, baselines }: Pick<RunReport, 'request' | 'baselines'>): CompletenessMatrix {
  const { mission, unit, productType } = request;
  const reason = baselines.length === 0 ? 'there is no baseline' : 'the judgement is not among the data of this run';
  return { mission, unit, productType, source: 'published table', reason, level0: [], types: [], files: [] };
}
