/** Whether a file of the catalogue is the one that rdb.svc names, with or without its extensions (auxip.md#names-and-replacements). */
export function isNamed(listed: string, asked: string): boolean {
  return listed === asked || listed.startsWith(`${asked}.`);
}
