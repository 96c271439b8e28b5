/** Longer names do not fit beside a part file's ending into the 255 bytes of a file system. */
const MAX_NAME_CHARACTERS = 220;

/**
 * Whether a name from outside can be the name of a file: letters, digits, `_`, `.`, `-` and `+`; it begins with neither dot nor dash, so
 * that it is no path, no hidden file and no option, and has nothing that a shell, a URL or a spreadsheet reads otherwise.
 */
export function isSafeFileName(name: string): boolean {
  return name.length <= MAX_NAME_CHARACTERS && /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name) && !name.endsWith('.');
}
