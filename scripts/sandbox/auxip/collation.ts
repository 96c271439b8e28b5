/** How the database orders texts: by its locale, or by their bytes. */
export type Collation = 'en_US' | 'C';

/**
 * Compared first, before the text itself. In en_US.UTF-8 punctuation and case do not count at first (auxip.md#filters); in C they do.
 */
export function collationKey(text: string, collation: Collation = 'en_US'): string {
  return collation === 'C' ? '' : text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

/** How a text compares with `text`, which is asked of very many: below 0, 0 or above. */
export function collatedWith(text: string, collation?: Collation): (value: string) => number {
  const key = collationKey(text, collation);
  return (value) => {
    if (value === text) return 0;
    const own = collationKey(value, collation);
    if (own !== key) return own < key ? -1 : 1;
    return value < text ? -1 : 1;
  };
}
