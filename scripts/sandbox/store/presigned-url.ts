import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export type UrlVerdict = 'valid' | 'unsigned' | 'forged' | 'expired';

/** Signs and checks the URLs behind `$value` (auxip.md#redirect): path style, method GET, header host only. */
export class UrlSigner {
  private readonly secret = randomBytes(32);
  private signed = 0;

  constructor(
    /** Seconds for which a GET may start; a running transfer is not cut. */
    private readonly lifetimeSeconds: number,
    private readonly clock: () => number,
  ) {}

  /**
   * `age`: seconds that have gone since it was signed. Each address has a key of its own in its credential: two of one second
   * are two, so that a scenario can spend one and leave the other.
   */
  sign(storeUrl: string, id: string, name: string, age = 0): string {
    const path = `/auxip/${id}/${encodeURIComponent(name)}`;
    this.signed += 1;
    const query = [
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      `X-Amz-Date=${amzDate(this.clock() - 1000 * age)}`,
      'X-Amz-SignedHeaders=host',
      `X-Amz-Expires=${this.lifetimeSeconds}`,
      `X-Amz-Credential=${encodeURIComponent(`SANDBOX${this.signed}/20240101/waw2-1/s3/aws4_request`)}`,
    ].join('&');
    return `${storeUrl}${path}?${query}&X-Amz-Signature=${this.signature(path, query)}`;
  }

  check(path: string, query: string | undefined): UrlVerdict {
    const match = /^(.*)&X-Amz-Signature=([0-9a-f]{64})$/.exec(query ?? '');
    if (match?.[1] === undefined || match[2] === undefined) return 'unsigned';
    const expected = this.signature(path, match[1]);
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(match[2]))) return 'forged';
    const parameters = new URLSearchParams(match[1]);
    const signedAt = fromAmzDate(parameters.get('X-Amz-Date') ?? '');
    return this.clock() > signedAt + 1000 * Number(parameters.get('X-Amz-Expires')) ? 'expired' : 'valid';
  }

  private signature(path: string, query: string): string {
    return createHmac('sha256', this.secret).update(`GET\n${path}\n${query}`).digest('hex');
  }
}

/** `20240301T010203Z`; like S3's, whole seconds. */
function amzDate(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function fromAmzDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
