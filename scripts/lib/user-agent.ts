import { packageVersion } from './package-version';

/** `User-Agent` of every request (RFC 9110 §10.1.5): operators see in their logs who asks. */
export function userAgent(): string {
  return `auxflow/${packageVersion()}`;
}
