/**
 * The order of texts in the database, collation en_US.UTF-8: punctuation and case do not count at first (auxip.md §2.3).
 * The key is compared first, then the text itself.
 */
export function collationKey(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

export function collate(a: string, b: string): number {
  const [left, right] = [collationKey(a), collationKey(b)];
  if (left !== right) return left < right ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
