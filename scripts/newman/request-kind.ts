/** What a request asks for, as far as its address tells: times of different kinds are not compared with each other. */
export const REQUEST_KINDS = [
  'token',
  'metadata',
  'baseline',
  'catalogue',
  'reprocessing',
  'redirect',
  'store',
] as const;

export type RequestKind = (typeof REQUEST_KINDS)[number];

/** `redirect` is `$value`, `store` a presigned address. Undefined for addresses of no service. */
export function requestKind(url: string): RequestKind | undefined {
  if (/[?&]X-Amz-/i.test(url)) return 'store';
  const [path = ''] = url.split(/[?#]/);
  return PATTERNS.find(([, pattern]) => pattern.test(path))?.[0];
}

const PATTERNS: readonly (readonly [RequestKind, RegExp])[] = [
  ['token', /\/openid-connect\/token$/],
  ['metadata', /\/(?:\$|%24)metadata$/i],
  ['baseline', /\/rdb\.svc(?:\/|$)/],
  ['reprocessing', /\/reprocessing\.svc(?:\/|$)/],
  ['redirect', /\/Products\([^/]*\)\/(?:\$|%24)value$/],
  ['catalogue', /\/auxip\.svc(?:\/|$)|\/Products(?:\(|$)/],
];
