/** How much room what archives hold will take, before they are here. */
import type { UnpackedFile } from '../../unpack/archive';
import { archiveKind, unpackedPlace } from '../../unpack/archive';

/** What `--unpack` will add to a disk. */
export interface UnpackingRoom {
  readonly archives: number;
  readonly bytes: number;
}

/** Of an archive: its name in the catalogue, its size, and what it was unpacked to, if it was. */
export interface PlannedArchive {
  readonly name: string;
  readonly bytes: number;
  readonly unpacked?: readonly UnpackedFile[];
}

/**
 * Bytes of what an archive holds for each of its own, where this folder has none of the kind yet. No catalogue says them; XML packs well
 * (`.EOF.zip`, the `.TGZ` of Sentinel-2), grids that are compressed already hardly. Chosen to be rather too much.
 */
const USUAL_RATIOS = [
  [/\.EOF\.zip$|\.TGZ$|\.tar\.gz$/i, 10],
  [/\.tar$/i, 1],
  [/./, 2],
] as const;

/** By what those of the same kind came to in this folder, else by the usual ratio. */
export function unpackingRoom(files: readonly PlannedArchive[]): UnpackingRoom {
  const archives = files.filter(({ name }) => archiveKind(name) !== undefined);
  const measured = measuredRatios(archives);
  const wanted = archives.filter(({ unpacked }) => !unpacked);
  const bytes = wanted.reduce(
    (sum, { name, bytes: size }) => sum + size * (measured.get(kindOf(name)) ?? usual(name)),
    0,
  );
  return { archives: wanted.length, bytes: Math.ceil(bytes) };
}

/** `.EOF.zip`, `.SEN3.zip`, `.TGZ`: the ending with what is before it. */
const kindOf = (name: string): string =>
  /(?:\.\w+)?$/
    .exec(unpackedPlace(name))?.[0]
    .concat(name.slice(unpackedPlace(name).length))
    .toUpperCase() ?? '';

const usual = (name: string): number => USUAL_RATIOS.find(([ending]) => ending.test(name))?.[1] ?? 1;

function measuredRatios(archives: readonly PlannedArchive[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { packed: number; held: number }>();
  for (const { name, bytes, unpacked } of archives) {
    if (!unpacked) continue;
    const sum = sums.get(kindOf(name)) ?? { packed: 0, held: 0 };
    sum.packed += bytes;
    sum.held += unpacked.reduce((held, part) => held + part.bytes, 0);
    sums.set(kindOf(name), sum);
  }
  return new Map([...sums].map(([kind, { packed, held }]) => [kind, held / Math.max(1, packed)]));
}
