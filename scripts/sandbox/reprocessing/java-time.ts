/** Dates as reprocessing.svc writes them, `2015-06-22T00:00Z[GMT]`: Java's ZonedDateTime as text (reprocessing.md#entities). */
export function javaTimeText(time: number): string {
  const iso = new Date(time).toISOString();
  const [minute, second, fraction] = [iso.slice(0, -8), iso.slice(-7, -5), iso.slice(-4, -1)];
  const millis = fraction === '000' ? '' : `.${fraction}`;
  return `${minute}${second === '00' && millis === '' ? '' : `:${second}${millis}`}Z[GMT]`;
}
