import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { Sandbox } from '../../../../scripts/sandbox/sandbox';
import { TOKEN_PATH } from '../../log-in';

export interface Ask {
  readonly method?: string;
  /** Whose token goes with it; nobody's by default. */
  readonly as?: 'user' | 'operator' | 'nobody';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Everything, without what changes from run to run. */
  readonly text: string;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
}

/** Headers that say nothing of the answer. */
const PER_CONNECTION: readonly string[] = ['date', 'connection', 'keep-alive'];

/** A client that looks at every byte of the answers of one sandbox. */
export class Visitor {
  private readonly tokens = new Map<string, string>();

  constructor(
    readonly sandbox: Sandbox,
    /** Lets seconds go by for the sandbox; negative ones come back. */
    readonly wait: (seconds: number) => void,
  ) {}

  async site(target: string, ask: Ask = {}): Promise<Seen> {
    const token: Record<string, string> =
      ask.as === undefined ? {} : { Authorization: `Bearer ${await this.tokenOf(ask.as)}` };
    return this.ask(this.sandbox.siteUrl + target.replaceAll(' ', '%20'), {
      ...ask,
      headers: { ...token, ...ask.headers },
    });
  }

  async ask(url: string, { method = 'GET', headers = {}, body = '' }: Ask = {}): Promise<Seen> {
    const { origin } = new URL(url);
    const answer = await send(
      origin.replace('localhost', '127.0.0.1'),
      url.slice(origin.length),
      method,
      headers,
      body,
    );
    const told = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !PER_CONNECTION.includes(name)));
    const binary = answer.body.includes(0) || answer.body.toString('utf8').includes('\uFFFD');
    const text = binary
      ? `${answer.body.length} bytes, ${createHash('md5').update(answer.body).digest('hex')}`
      : answer.body.toString('utf8');
    return { ...answer, text: this.constant(`${answer.status} ${JSON.stringify(told)} ${text}`) };
  }

  /** One form to the token endpoint. */
  token(
    fields: Readonly<Record<string, string>> | string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Seen> {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    return this.site(TOKEN_PATH, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
  }

  async logIn(username = 'user'): Promise<Tokens> {
    const { body } = await this.token({ ...CREDENTIALS, username, scope: 'openid' });
    return JSON.parse(body.toString('utf8').replace(/^\uFEFF/, '')) as Tokens;
  }

  /** Where `$value` of a product leads. */
  async addressOf(id: string): Promise<string> {
    const { headers } = await this.site(`/auxip.svc/Products(${id})/$value`, { as: 'user' });
    return headers['location'] ?? '';
  }

  private async tokenOf(username: string): Promise<string> {
    const known = this.tokens.get(username) ?? (await this.logIn(username)).access_token;
    this.tokens.set(username, known);
    return known;
  }

  private constant(text: string): string {
    const { siteUrl, storeUrl } = this.sandbox;
    return (
      text
        .replaceAll(siteUrl, 'SITE')
        .replaceAll(encodeURIComponent(siteUrl), 'SITE')
        .replaceAll(storeUrl, 'STORE')
        .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, 'JWT')
        // As for the service, whatever the sandbox's clock says.
        .replace(/<a:updated>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ</g, '<a:updated>NOW<')
        .replace(/X-Amz-Signature=[0-9a-f]{64}/g, 'X-Amz-Signature=S')
        .replace(/SANDBOX\d+/g, 'KEY')
        .replace(/(state|nonce)=[0-9a-f]{32}/g, '$1=S')
        .replace(/(session=|"session_state":")[0-9a-f-]{36}/g, '$1S')
    );
  }
}

export const CREDENTIALS = {
  grant_type: 'password',
  client_id: 'reprocessing-preparation',
  username: 'user',
  password: 'password',
} as const;

function send(
  origin: string,
  path: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Omit<Seen, 'text'>> {
  const { hostname, port } = new URL(origin);
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
