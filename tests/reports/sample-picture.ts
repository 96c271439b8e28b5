import type { CampaignPicture, PictureCell, PictureFile } from '../../scripts/reports/campaign/campaign-picture';

const DAY = 86_400;
const BEGIN = Date.UTC(2024, 2, 1) / 1000;

/** Products every 100 s, and types of which each file is valid for `hours`; some cells are not as they should be. */
export function samplePicture(products: number, types: number, { gaps = true } = {}): CampaignPicture {
  const files: PictureFile[] = [];
  const cells: PictureCell[] = [];
  const level0 = Array.from({ length: products }, (_, place) => {
    const start = BEGIN + place * 100;
    return {
      name: `S3A_OL_0_EFR____${compact(start)}_${compact(start + 120)}_20240302T000000_0118_109_${place}______PS1_O_NR_002.SEN3`,
      start,
      stop: start + 120,
    };
  });
  const runs = Array.from({ length: types }, (_, row) => {
    const length = row % 3 === 0 ? products : 20 + row;
    const run: number[] = [];
    for (let from = 0; from < products; from += length) {
      const count = Math.min(length, products - from);
      const state =
        !gaps || (row * 7 + from) % 11 !== 0 || row === 0
          ? 'present'
          : ((['missing', 'wrong', 'unexpected', 'unknown'] as const)[row % 4] ?? 'missing');
      const start = (level0[from]?.start ?? BEGIN) - DAY / 4;
      const file = {
        name: `S3A_T${String(row).padStart(3, '0')}_AX_${compact(start)}_${from}.SEN3`,
        start,
        stop: row % 3 === 0 ? Date.UTC(2099, 11, 31) / 1000 : start + count * 100 + DAY / 2,
        creation: start - DAY,
        neededBy: count,
        status: 'verified' as const,
        bytes: 12_345 * (row + 1),
        md5: String(row).padStart(32, '0'),
      };
      const place = files.push(file) - 1;
      const cell: PictureCell =
        state === 'present'
          ? { state, files: [place] }
          : state === 'missing'
            ? { state, files: [], expected: [place] }
            : { state, files: [place], reason: 'as planned' };
      run.push(count, cells.push(cell) - 1);
    }
    return run;
  });
  const names = Array.from({ length: types }, (_, row) => ({
    name: `T${String(row).padStart(3, '0')}_AX`,
    rule: 'LatestValCover',
    words: 'the newest file that covers the interval',
    delta0: row % 2 ? 900 : 0,
    delta1: row % 2 ? 900 : 0,
  }));
  return { level0, types: names, files, cells, runs };
}

function compact(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
}
