import type { ServerResponse } from 'node:http';
import type { Sandbox } from '../../scripts/sandbox/sandbox';
import { createTestServer, type RecordedRequest } from './create-test-server';
import { forwardRequest, type ForwardedAnswer } from './forward-request';
import { formsOf } from './secret-forms';

/**
 * `beside`: answers are right, with echoes in headers and more properties, and each second answer for a file refuses. `messages`: so
 * are the messages of a baseline.
 * `errors`: what is asked with a token is refused, in another manner each time. `refused`: the token endpoint refuses.
 */
export type EchoMode = 'beside' | 'messages' | 'errors' | 'refused';

export interface EchoingServices {
  readonly siteUrl: string;
  /** What was sent and granted so far: passwords, tokens, cookies, signatures. */
  readonly secrets: ReadonlySet<string>;
}

const TOKEN_PATH = '/protocol/openid-connect/token';

/** Services before a sandbox that repeat every secret they were ever sent, in every way of writing and in every part of an answer. */
export async function withEchoingServices(
  sandbox: Sandbox,
  { password, mode }: { password: string; mode: EchoMode },
): Promise<EchoingServices> {
  const echo = new Echo(password);
  const store = await createTestServer((request, response) => {
    echo.hear(request);
    const manner = MANNERS[echo.turn % (2 * MANNERS.length)];
    if (mode !== 'errors' && manner) manner(response, echo);
    else void forwardRequest(sandbox.storeUrl, request).then((answer) => send(response, answer, echo));
  });
  const storeUrl = store.origin.replace('127.0.0.1', 'localhost');
  const site = await createTestServer((request, response) => {
    echo.hear(request);
    const isToken = request.url.endsWith(TOKEN_PATH);
    const isControl = request.url.startsWith('/sandbox/');
    const isRefused = mode === 'refused' ? isToken : !isToken && (mode === 'errors' || echo.isSecondValue(request));
    if (isRefused && !isControl) {
      mannerOf(isToken, echo)(response, echo);
      return;
    }
    const body = withSandboxPassword(request.body, password);
    void forwardRequest(sandbox.siteUrl, { ...request, body }).then((answer) => {
      const { location, ...headers } = answer.headers;
      const text = answer.body.toString().replaceAll(sandbox.siteUrl, site.origin);
      if (isToken && answer.status === 200) echo.learnGrant(text);
      const moved = location?.replace(sandbox.storeUrl, storeUrl);
      echo.learn(...(/X-Amz-Signature=([0-9a-f]+)/.exec(location ?? '')?.slice(1) ?? []));
      const told =
        !isControl && answer.status === 200 && text !== '' && isJson(answer)
          ? echo.beside(text, mode === 'messages')
          : Buffer.from(text);
      send(response, { ...answer, headers: { ...headers, ...(moved && { location: moved }) }, body: told }, echo);
    });
  });
  return { siteUrl: site.origin, secrets: echo.secrets };
}

/** The account's password stands for that of the sandbox. */
function withSandboxPassword(body: string, password: string): string {
  const form = new URLSearchParams(body);
  if (form.get('password') === password) form.set('password', 'password');
  return form.toString();
}

const isJson = ({ headers }: ForwardedAnswer): boolean => headers['content-type']?.includes('json') === true;

function send(response: ServerResponse, { status, headers, body }: ForwardedAnswer, echo: Echo): void {
  response.writeHead(status, { ...echo.headers(), ...headers, 'content-length': body.length }).end(body);
}

/** What the services were sent, and how they say it. */
class Echo {
  readonly secrets = new Set<string>();
  turn = 0;
  #values = 0;

  constructor(private readonly password: string) {}

  learn(...secrets: readonly string[]): void {
    for (const secret of secrets) if (secret !== '') this.secrets.add(secret);
  }

  hear({ headers, body, url }: RecordedRequest): void {
    this.turn++;
    const { authorization = '', cookie = '' } = headers;
    const form = new URLSearchParams(body);
    this.learn(authorization.replace(/^(?:Bearer|Basic) +/i, ''), form.get('password') ?? '');
    this.learn(form.get('refresh_token') ?? '', new URL(url, 'http://x').searchParams.get('X-Amz-Signature') ?? '');
    this.learn(...cookie.split(';').map((pair) => pair.replace(/^[^=]*=/, '').trim()));
  }

  learnGrant(text: string): void {
    const grant = JSON.parse(text) as Record<string, unknown>;
    for (const name of ['access_token', 'refresh_token', 'id_token'])
      if (typeof grant[name] === 'string') this.learn(grant[name]);
  }

  isSecondValue({ url }: RecordedRequest): boolean {
    return url.endsWith('/$value') && ++this.#values % 2 === 0;
  }

  /** One secret in one form, another pair each turn; short enough for a message. */
  message(): string {
    const [short = ''] = this.#latest();
    const secret = this.#latest()[this.turn % this.secrets.size] ?? short;
    const forms = this.#formsOf(secret);
    return forms[this.turn % forms.length]?.(secret) ?? secret;
  }

  /** The last secrets, each in a third of the forms: the others have their turn in the next answers. */
  whole(): string {
    const isDue = (_form: unknown, place: number): boolean => (place + this.turn) % 3 === 0;
    return this.#latest()
      .flatMap((secret) =>
        this.#formsOf(secret)
          .filter(isDue)
          .map((form) => form(secret)),
      )
      .join('\n');
  }

  #formsOf(secret: string): ReturnType<typeof formsOf> {
    return formsOf({ isGiven: secret === this.password });
  }

  /** An answer with one more property, and if so wished with other messages for Level-0 products, which clients show. */
  beside(text: string, inMessages: boolean): Buffer {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return Buffer.from(text);
    const value: unknown = Reflect.get(answer, 'value');
    for (const row of inMessages && Array.isArray(value) ? (value as unknown[]) : [])
      if (typeof row === 'object' && row !== null && 'Message' in row) row.Message = `you sent ${this.message()}`;
    return Buffer.from(JSON.stringify({ ...answer, echo: this.whole() }));
  }

  headers(): Record<string, string> {
    const raw = this.#latest().map((secret) => encodeURI(secret));
    const cookie = `SESSION=CANARYCOOKIE${this.turn}x7Yz; Path=/`;
    this.learn(`CANARYCOOKIE${this.turn}x7Yz`);
    return { 'x-echo': raw.join(' '), warning: `199 - "${raw[0] ?? ''}"`, 'set-cookie': cookie };
  }

  #latest(): string[] {
    return [...this.secrets].slice(-4);
  }
}

type Manner = (response: ServerResponse, echo: Echo) => void;

const html = { 'content-type': 'text/html' };
const json = { 'content-type': 'application/json' };

/** How an answer refuses, telling what it was sent. None of them is asked again. */
const MANNERS: readonly Manner[] = [
  (response, echo) =>
    response
      .writeHead(400, { ...json, ...echo.headers() })
      .end(JSON.stringify({ error: { code: null, message: `bad ${echo.message()}` }, echo: echo.whole() })),
  (response, echo) =>
    response
      .writeHead(404, { ...html, ...echo.headers() })
      .end(`<html><title>not here: ${echo.message()}</title><pre>${echo.whole()}</pre></html>`),
  (response, echo) =>
    response
      .writeHead(302, { ...echo.headers(), location: `/maintenance/${encodeURIComponent(echo.message())}/x` })
      .end(echo.whole()),
  (response, echo) => response.writeHead(403, json).end(JSON.stringify({ message: echo.message() })),
  (response, echo) =>
    response
      .writeHead(400, { 'content-type': 'application/xml' })
      .end(`<?xml version="1.0"?><Error><Code>${echo.message()}</Code><Message>${echo.message()}</Message></Error>`),
  (response, echo) => response.writeHead(200, html).end(`<title>${echo.message()}</title>${echo.whole()}`),
  (response, echo) => response.writeHead(200, json).end(`${echo.whole()} is no JSON`),
  (response, echo) => response.writeHead(400, { 'content-type': 'text/plain' }).end(echo.message() + echo.whole()),
  (response, echo) =>
    response
      .writeHead(302, {
        ...echo.headers(),
        location: `https://elsewhere.invalid/${encodeURIComponent(echo.message())}`,
      })
      .end(),
];

const TOKEN_MANNERS: readonly Manner[] = [
  (response, echo) =>
    response
      .writeHead(401, { ...json, ...echo.headers() })
      .end(JSON.stringify({ error: echo.whole(), error_description: echo.message() })),
  ...MANNERS,
];

function mannerOf(isToken: boolean, { turn }: Echo): Manner {
  const manners = isToken ? TOKEN_MANNERS : MANNERS;
  return manners[turn % manners.length] ?? (() => undefined);
}
