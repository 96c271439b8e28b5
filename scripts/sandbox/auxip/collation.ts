/** How the database orders texts: by its locale, or by their bytes. */
export type Collation = 'en_US' | 'C';

/**
 * Compared first, before the text itself. In en_US.UTF-8 punctuation and case do not count at first (auxip.md#filters); in C they do.
 */
export function collationKey(text: string, collation: Collation = 'en_US'): string {
  return collation === 'C' ? '' : text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

export function collate(a: string, b: string, collation?: Collation): number {
  const [left, right] = [collationKey(a, collation), collationKey(b, collation)];
  if (left !== right) return left < right ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}
