/** A client of one sandbox that tells answers as texts: equal texts for equal answers. */
import { createHash } from 'node:crypto';
import { request, type Agent, type Dispatcher } from 'undici';
import { TOKEN_PATH } from '../../scripts/services/services';
import type { Ask, Sandbox } from '../../scripts/sandbox/sandbox';
import { tokenAt } from '../sign-in';

export class Caller {
  private readonly tokens = new Map<string, Promise<string>>();
  private refreshToken = '';

  constructor(
    private readonly sandbox: Pick<Sandbox, 'siteUrl' | 'storeUrl'>,
    private readonly agent: Agent,
  ) {}

  /** Status, headers and body, without what is another in every answer. */
  async answerTo(ask: Ask): Promise<string> {
    switch (ask.to) {
      case 'site':
        return this.text(await this.site(ask));
      case 'token':
        return this.token(ask.form);
      case 'store': {
        const { headers } = await this.site({ to: 'site', target: `/auxip.svc/Products(${ask.id})/$value` });
        const address = String(headers['location'] ?? '');
        return address === '' ? 'no address' : this.text(await this.send(address, 'GET', ask.headers ?? {}));
      }
    }
  }

  private async site({ target, method = 'GET', as = 'user', headers = {} }: Extract<Ask, { to: 'site' }>) {
    const token: Record<string, string> =
      as === 'nobody-signed-in' ? {} : { authorization: `Bearer ${await this.tokenOf(as)}` };
    return this.send(this.sandbox.siteUrl + target, method, { ...token, ...headers });
  }

  private async token(form: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams(form).toString().replace('%7Brefresh_token%7D', this.refreshToken);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await this.send(this.sandbox.siteUrl + TOKEN_PATH, 'POST', headers, body);
    const bytes = await bytesOf(answer);
    this.refreshToken = /"refresh_token":"([^"]+)"/.exec(bytes.toString('utf8'))?.[1] ?? this.refreshToken;
    return this.constant(answer, bytes);
  }

  private send(url: string, method: string, headers: Readonly<Record<string, string>>, body?: string) {
    return request(url.replace('//localhost', '//127.0.0.1'), {
      method: method,
      headers: { accept: '*/*', ...headers },
      body,
      dispatcher: this.agent,
    });
  }

  private tokenOf(username: string): Promise<string> {
    const token = this.tokens.get(username) ?? tokenAt(this.sandbox, username);
    this.tokens.set(username, token);
    return token;
  }

  private async text(answer: Dispatcher.ResponseData): Promise<string> {
    return this.constant(answer, await bytesOf(answer));
  }

  private constant({ statusCode, headers }: Dispatcher.ResponseData, bytes: Buffer): string {
    const told = Object.entries(headers).filter(([name]) => !PER_CONNECTION.includes(name));
    const isText = /json|xml|text|html/.test(String(headers['content-type'])) || bytes.length === 0;
    const body = isText
      ? bytes.toString('utf8')
      : `${bytes.length} bytes, ${createHash('md5').update(bytes).digest('hex')}`;
    const { siteUrl, storeUrl } = this.sandbox;
    return `${statusCode} ${JSON.stringify(told)} ${body}`
      .replaceAll(siteUrl, 'SITE')
      .replaceAll(encodeURIComponent(siteUrl), 'SITE')
      .replaceAll(storeUrl, 'STORE')
      .replace(/eyJ[\w-]+[.]([\w-]+)[.][\w-]+/g, (_all, claims: string) =>
        constantClaims(claims).replaceAll(siteUrl, 'SITE'),
      )
      .replace(/X-Amz-Signature=[0-9a-f]{64}(?![0-9a-f])/, 'X-Amz-Signature=S')
      .replace(
        /X-Amz-Date=(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)/,
        (_all, ...parts: string[]) => `X-Amz-Date=${halfHoursAgo(parts)}`,
      )
      .replace(/SANDBOX\d+/g, 'KEY')
      .replace(/(state|nonce)=[0-9a-f]{32}/g, '$1=S')
      .replace(/(session=|"session_state":")(?!0{8})[0-9a-f]{8}-[0-9a-f-]{27}/g, '$1S');
  }
}

const PER_CONNECTION: readonly string[] = ['date', 'connection', 'keep-alive'];

async function bytesOf({ body }: Dispatcher.ResponseData): Promise<Buffer> {
  return Buffer.from(await body.arrayBuffer());
}

function halfHoursAgo([year = '', month = '', hour = '', minute = '', second = '']: readonly string[]): number {
  const date = Date.parse(`${year}-${month}-${hour}:${minute}:${second}`);
  return Math.round((Date.now() - date) / 1_800_000);
}

/** Times relative to now or each other, ids of this sign-in only as far as they are well-formed. */
function constantClaims(text: string): string {
  const { exp, iat, jti, ...claims } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Record<
    string,
    unknown
  >;
  const age = Math.round((Date.now() / 1000 - Number(iat)) / 1800);
  return JSON.stringify({ ...claims, life: Number(exp) - Number(iat), age, jti: typeof jti });
}
