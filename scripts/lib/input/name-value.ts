/** `name=value`, split at the first sign; undefined for a word without one, or without a name. */
export function nameAndValue(word: string): readonly [name: string, value: string] | undefined {
  const at = word.indexOf('=');
  return at > 0 ? [word.slice(0, at), word.slice(at + 1)] : undefined;
}
