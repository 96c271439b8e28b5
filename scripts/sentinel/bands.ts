/** Files that come once per spectral band (rdb.md#selection-rules, "Band handling"): the rule then runs for each band. */

/** Whole name, and a dot matches no line break: a trailing newline in a stored name defeats it, as in the service. */
const BANDED = /^.*B..\..*$/;
const BAND = /B..\./;

/** In which order the service answers the bands of one type (recorded, rdb.md#files-and-links). */
const RECORDED_ORDER = [
  'B00',
  'B11',
  'B10',
  'B02',
  'B01',
  'B12',
  'B04',
  'B03',
  'B06',
  'B05',
  'B08',
  'B07',
  'B8A',
  'B09',
];

/** One group per band when the first file has one, and files without a band are then dropped; else all in one group. */
export function groupByBand<File extends { readonly name: string }>(
  files: readonly File[],
): readonly (readonly File[])[] {
  const first = files[0];
  if (first === undefined || !BANDED.test(first.name)) return [files];
  const groups = new Map<string, File[]>();
  for (const file of files) {
    const band = bandOf(file.name);
    if (band === undefined) continue;
    const group = groups.get(band);
    if (group) group.push(file);
    else groups.set(band, [file]);
  }
  return [...groups].sort(([a], [b]) => place(a) - place(b)).map(([, group]) => group);
}

/** `B06` of `…_B06.TGZ`; undefined for a name without a band. */
export function bandOf(name: string): string | undefined {
  return BAND.exec(name)?.[0].slice(0, 3);
}

function place(band: string): number {
  const index = RECORDED_ORDER.indexOf(band);
  return index < 0 ? RECORDED_ORDER.length : index;
}
