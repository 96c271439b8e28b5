/**
 * What auxip.svc says of a file beyond its name. The published lists hold only names, so sizes and publication dates are
 * made up here, always the same for the same id.
 */
import { parse, v5 } from 'uuid';
import { DAY, SECOND } from '../../sentinel/time';
import { documentedSize } from './documented-sizes';
import type { ProductRecord } from './catalogue';

/**
 * How large the made-up files are. `tiny`: 1 to 16 KB, for catalogues of hundreds of thousands, whose entries carry the true MD5 of
 * their bytes. `small`: 2 KB to 2 MB, so that a sandbox serves a campaign in seconds. `documented`: as auxip.md#attributes has them.
 */
export type Sizes = 'tiny' | 'small' | 'documented';

/** A file as the catalogue holds it; epoch milliseconds. */
export interface CatalogueFile {
  readonly id: string;
  readonly name: string;
  readonly start: number;
  readonly stop: number;
  readonly creation: number;
}

const NAMESPACE = parse(v5('https://auxiliary.copernicus.eu/auxip.svc/Products', v5.URL));

/** The id of a file whose real one is not known: a UUIDv5 of the name. */
export function idOfName(name: string): string {
  return v5(name, NAMESPACE);
}

/** The whole entry. */
export function productOf(file: CatalogueFile, sizes: Sizes): ProductRecord {
  return {
    id: file.id,
    name: file.name,
    contentLength: sizeOf(file, sizes),
    originDate: formatTime(file.creation),
    publicationDate: publicationDate(file),
    contentStart: formatTime(file.start),
    contentEnd: formatTime(file.stop),
  };
}

/** ISO 8601 with `Z`, no fraction where it is zero: how the services write dates (auxip.md#dates). */
export function formatTime(time: number): string {
  const text = new Date(time).toISOString();
  return time % SECOND === 0 ? `${text.slice(0, 19)}Z` : text.replace(/0+Z$/, 'Z');
}

/** bytes: [smallest, largest] */
const RANGES = { tiny: [1_000, 16_000], small: [2_000, 2_000_000] } as const;

function sizeOf({ id, name }: CatalogueFile, sizes: Sizes): number {
  if (sizes === 'documented') return documentedSize(name, fraction(id, 0));
  const [smallest, largest] = RANGES[sizes];
  return Math.round(smallest * (largest / smallest) ** fraction(id, 0));
}

/** Some days after the creation; microseconds, without trailing zeros: 0 to 6 digits. */
function publicationDate({ id, creation }: CatalogueFile): string {
  const time = creation + Math.floor(fraction(id, 1) * 30 * DAY) + DAY;
  const digits = Math.floor(fraction(id, 2) * 7);
  const microseconds = Math.floor(fraction(id, 3) * 1e6);
  const shown = String(microseconds).padStart(6, '0').slice(0, digits).replace(/0+$/, '');
  const seconds = new Date(time).toISOString().slice(0, 19);
  return `${seconds}${shown && '.'}${shown}Z`;
}

/** A number in [0, 1) from one of four places of the id; UUID versions and variants stand outside them. */
function fraction(id: string, place: 0 | 1 | 2 | 3): number {
  const begin = [0, 24, 28, 30][place] ?? 0;
  return Number.parseInt(id.slice(begin, begin + 6), 16) / 0x1000000;
}
