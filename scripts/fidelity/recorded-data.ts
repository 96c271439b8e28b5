import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Catalogue } from '../sandbox/catalogue/catalogue';
import { contentLines, parseAdfLine, parseLevel0Line } from '../sandbox/catalogue/lines';
import { catalogueOf } from '../sandbox/catalogue/tables';
import { publishedTypes } from '../sentinel/published-types';

/**
 * As much of the data behind `real/pairs` as its answers show: all files of OLCI and those of the common Sentinel-3 types around
 * 1 June 2020, Sentinel-2A for L2A, the built-in catalogue's Sentinel-1; Level-0 products in the order of the table's rows.
 */
export async function recordedData(folder: string): Promise<Catalogue> {
  const rows = async <Row>(file: string, parse: (line: string) => Row | undefined): Promise<Row[]> => {
    const lines = [...contentLines(await readFile(path.join(folder, file), 'utf8'))];
    return lines.map(parse).filter((row) => row !== undefined);
  };
  const level0s = await rows('level0.txt', parseLevel0Line);
  const adfs = await rows('adfs.txt', parseAdfLine);
  return catalogueOf({
    types: publishedTypes(),
    level0s: new Map(level0s.map((row) => [row.name, row])),
    adfs: new Map(adfs.map((row) => [row.name, row])),
    sizes: 'tiny',
  });
}
