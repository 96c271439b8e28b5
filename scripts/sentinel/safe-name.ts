/** Longer names do not fit, with the ending of a part file, into the 255 bytes of a file system. */
export const MAX_NAME_CHARACTERS = 220;

/** For JSON Schemas; `isSafeFileName` refuses more. */
export const SAFE_FILE_NAME_PATTERN = '^[A-Za-z0-9_][A-Za-z0-9_.+-]*$';

const SAFE_FILE_NAME = new RegExp(SAFE_FILE_NAME_PATTERN);

/** Devices of Windows, whatever their extension. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.]|$)/i;

/** What auxflow itself writes into the folder of a campaign, and endings of what is not finished. */
const OWN =
  /^(?:md5sums|manifest[.](?:jsonl|csv)|auxflow[.]lock[.]json|matrix[.]json|progress[.]html|answers|per-l0)$|[.](?:part|tmp)$/i;

/**
 * Whether a name from outside can be the name of a file: letters, digits, `_`, `.`, `-` and `+`; it begins with neither dot nor dash, so
 * that it is no path, no hidden file and no option, and has nothing that a shell, a URL or a spreadsheet reads otherwise; and it is the
 * name of nothing that auxflow writes.
 */
export function isSafeFileName(name: string): boolean {
  const isPlain = name.length <= MAX_NAME_CHARACTERS && SAFE_FILE_NAME.test(name) && !name.endsWith('.');
  return isPlain && !DEVICE.test(name) && !OWN.test(name);
}
