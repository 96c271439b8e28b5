import type { CellFinding, MatrixFile, MatrixType } from '../../scripts/matrix/matrix';
import type { CampaignPicture, FileFacts } from '../../scripts/reports/campaign/campaign-picture';
import { unpack } from '../../scripts/reports/campaign/campaign-picture';

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2024, 2, 1);
const STEP = 100_000;

/** Products every 100 s, and types with files for some of them each; some cells are not as they should be. */
export function samplePicture(products: number, types: number): CampaignPicture {
  const files: MatrixFile[] = [];
  const facts: FileFacts[] = [];
  const level0 = Array.from({ length: products }, (_, place) => {
    const t0 = BEGIN + place * STEP;
    const t1 = t0 + 120_000;
    const name = `S3A_OL_0_EFR____${compact(t0)}_${compact(t1)}_20240302T000000_0118_109_${place}______PS1_O_NR_002.SEN3`;
    return { name, known: true, t0, t1 };
  });
  const rows = Array.from({ length: types }, (_, row) => {
    const length = row % 3 === 0 ? products : 20 + row;
    const [runs, findings, candidates]: [number[], CellFinding[], number[]] = [[], [], []];
    for (let from = 0; from < products; from += length) {
      const count = Math.min(length, products - from);
      const start = (level0[from]?.t0 ?? BEGIN) - 6 * HOUR;
      const stop = row % 3 === 0 ? Date.UTC(2099, 11, 31) : start + count * STEP + 12 * HOUR;
      const name = `S3A_T${String(row).padStart(3, '0')}_AX_${compact(start)}_${from}.SEN3`;
      const place = files.push({ name, start, stop, creation: start - 24 * HOUR }) - 1;
      facts.push({
        neededBy: count,
        status: 'verified',
        bytes: 12_345 * (row + 1),
        md5: String(row).padStart(32, '0'),
      });
      candidates.push(place);
      runs.push(count, findings.push(findingOf(row, from, place)) - 1);
    }
    const deltas = { delta0: row % 2 ? 900 : 0, delta1: row % 2 ? 900 : 0, source: 'zero' as const };
    const type = `T${String(row).padStart(3, '0')}_AX`;
    return { type, wanted: true, rule: 'LatestValCover' as const, deltas, candidates, findings, runs };
  });
  const request = { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR', source: 'reprocessing.svc' as const };
  return unpack({ matrix: { ...request, level0, types: rows, files }, facts });
}

function findingOf(row: number, from: number, place: number): CellFinding {
  const right: CellFinding = { state: 'present', answered: [place], lost: [], extra: [] };
  if ((row * 7 + from) % 11 !== 0 || row === 0) return right;
  const wrong: readonly CellFinding[] = [
    { state: 'missing', why: 'type', answered: [], lost: [[place]], extra: [] },
    { ...right, state: 'unexpected', why: 'superseded', lost: [[place]] },
    { ...right, state: 'unexpected', why: 'surplus', extra: [place] },
    { ...right, state: 'unknown', why: 'maximal-age' },
  ];
  return wrong[row % wrong.length] ?? right;
}

/** Cells of one state and reason, as the matrix has them. */
export function cellsOf({ matrix }: CampaignPicture, is: (finding: CellFinding) => boolean): number {
  const inRow = ({ findings, cells }: MatrixType): number =>
    cells.reduce((sum, cell) => sum + Number(findings[cell] !== undefined && is(findings[cell])), 0);
  return matrix.types.reduce((sum, type) => sum + inRow(type), 0);
}

function compact(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}
