/** A query may be a credential (presigned URLs), so none is ever repeated in an error. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}
