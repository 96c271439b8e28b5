import { DOCUMENTED_QUOTA } from '../../auxip/quota';
import { loginPage } from '../../gateway';
import { nginxPage } from '../../http/html-pages';
import { jsonReply, textReply, type Reply } from '../../http/reply';
import { NO_CONNECTION } from './connection-scenarios';
import { firstTimes } from './counting';
import type { SiteCall } from './faults';
import type { Scenario } from './scenario';

/** What goes wrong between a client and the services: proxies, gateway, tokens, quota. */
export const SITE_SCENARIOS: readonly Scenario[] = [
  instead('login-page-200', 'the login page with 200 instead of data', () => loginPage()),
  instead('proxy-429', "nginx's HTML 429: too many connections world-wide", () => nginxPage(429)),
  instead('proxy-502', "nginx's HTML 502", () => nginxPage(502)),
  instead('proxy-503', "nginx's HTML 503", () => nginxPage(503)),
  instead('proxy-504', "nginx's HTML 504, while the work goes on behind it", () => nginxPage(504)),
  instead('kong-502', 'Kong: 502 with a JSON message', () =>
    kong(502, 'An invalid response was received from the upstream server'),
  ),
  instead('kong-503', 'Kong: 503 with a JSON message', () => kong(503, 'name resolution failed')),
  instead('kong-504', 'Kong: 504 with a JSON message', () => kong(504, 'The upstream server is timing out')),
  instead('service-500', 'an OData 500 with a text from the database', () => odataError(500, null, NO_CONNECTION)),
  instead('service-503', 'an OData 503', () => odataError(503, null, 'Service unavailable')),
  {
    name: 'value-429',
    effect: 'JSON 429 for the first $value of each file, without quota and without Retry-After',
    create: ({ times }) => {
      const strikes = firstTimes(times);
      const tooMany = () => odataError(429, '429', 'Too Many Requests !');
      return { site: ({ valueOf }) => (valueOf !== undefined && strikes(valueOf) ? tooMany() : undefined) };
    },
  },
  {
    name: 'documented-quota',
    effect: 'the documented quota: N (5) $value in a run, then more than 10 s without; 100 GB in 8 days',
    create: ({ magnitude }) => ({ quota: { ...DOCUMENTED_QUOTA, parallelDownloads: magnitude ?? 5 } }),
  },
  {
    name: 'quota-exhausted',
    effect: 'the volume is used up after N bytes (0): JSON 429 for every further $value',
    create: ({ magnitude = 0 }) => ({
      quota: { ...DOCUMENTED_QUOTA, parallelDownloads: Infinity, totalDownloads: magnitude * 1e-8 },
    }),
  },
  {
    name: 'dropped-connection',
    effect: 'the connection is reset instead of an answer, on the first request for each URL',
    create: ({ times }) => spoil(times, (reply) => ({ ...reply, delivery: { resetAfter: 0 } })),
  },
  {
    name: 'slow-first-byte',
    effect: 'the answer comes after N milliseconds (65 000), on the first request for each URL',
    create: ({ magnitude = 65_000, times }) =>
      spoil(times, (reply) => ({ ...reply, delivery: { delayMs: magnitude } })),
  },
  {
    name: 'cut-answer',
    effect: 'the connection closes after N bytes (half of them) of an answer, on the first request for each URL',
    create: ({ magnitude, times }) =>
      spoil(times, (reply) => ({ ...reply, delivery: { endAfter: magnitude ?? Math.floor(bodyLength(reply) / 2) } })),
  },
  {
    name: 'duplicate-content-type',
    effect: 'a second Content-Type header, application/json, on every GET (the outer proxy adds it)',
    create: () => ({ siteReply: (_call, reply) => withSecondContentType(reply) }),
  },
  {
    name: 'expired-token',
    effect: 'an access token is no longer active after N calls (5); refreshing works',
    create: ({ magnitude = 5 }) => ({ acceptsToken: firstTimes(magnitude) }),
  },
  {
    name: 'expired-at-value',
    effect: 'the token is refused at the first $value of each file, in mid-redirect',
    create: ({ times }) => {
      const strikes = firstTimes(times);
      return { acceptsToken: (_token, { valueOf }) => valueOf === undefined || !strikes(valueOf) };
    },
  },
  {
    name: 'ended-session',
    effect: 'the session ends after every N calls (5): refreshing fails too, only the password opens a new one',
    create: ({ magnitude = 5 }) => {
      // Of each token: what comes with one that has ended already takes nothing from the next session.
      const calls = new Map<string, number>();
      return {
        endsSessions: ({ request }) => {
          const token = request.headers.authorization ?? '';
          const count = (calls.get(token) ?? 0) + 1;
          calls.set(token, count);
          return count === magnitude + 1;
        },
      };
    },
  },
  {
    name: 'cookie-session',
    effect: 'a session cookie opens the gateway without a token, and rdb.svc then answers 500',
    create: () => ({ passesByCookie: true }),
  },
  {
    name: 'presigned-expired',
    effect: 'the first $value of each file redirects to a URL that has already expired',
    create: ({ times }) => {
      const strikes = firstTimes(times);
      const longAgo = 86_400;
      return { presignedAge: ({ id }) => (strikes(id) ? longAgo : 0) };
    },
  },
];

function instead(name: string, effect: string, reply: () => Reply): Scenario {
  return {
    name,
    effect: `${effect}, on the first request for each URL`,
    create: ({ times }) => {
      const strikes = firstTimes(times);
      return { site: (call) => (strikes(urlOf(call)) ? reply() : undefined) };
    },
  };
}

function spoil(times: number, change: (reply: Reply) => Reply) {
  const strikes = firstTimes(times);
  return { siteReply: (call: SiteCall, reply: Reply) => (strikes(urlOf(call)) ? change(reply) : reply) };
}

function urlOf({ request }: SiteCall): string {
  return `${request.method} ${request.path}?${request.query ?? ''}`;
}

function kong(status: number, message: string): Reply {
  return jsonReply(status, { message });
}

function odataError(status: number, code: string | null, message: string): Reply {
  const headers = { 'OData-Version': '4.0' };
  return textReply(
    status,
    'application/json; odata.metadata=minimal',
    JSON.stringify({ error: { code, message } }),
    headers,
  );
}

function bodyLength(reply: Reply): number {
  return typeof reply.body === 'string' || Buffer.isBuffer(reply.body) ? Buffer.byteLength(reply.body) : 0;
}

function withSecondContentType(reply: Reply): Reply {
  const own = reply.headers['Content-Type'];
  const both = typeof own === 'string' ? [own, 'application/json'] : 'application/json';
  return { ...reply, headers: { ...reply.headers, 'Content-Type': both } };
}
