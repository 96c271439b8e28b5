/**
 * Differences that say nothing about whether the sandbox behaves as the service does. Each has a name and a reason, and is declared
 * in docs/sandbox.md; an answer that is equal only after some of them is counted apart.
 */
import type { RecordedAnswer, RecordedRequest } from '../lib/recorded-pair';

export interface Normalisation {
  readonly name: string;
  readonly reason: string;
  /** Rewrites one of the two answers; the other is for what the rewriting depends on. */
  readonly apply: (answer: RecordedAnswer, another: RecordedAnswer) => RecordedAnswer;
}

const inBody = (change: (body: string, another: string) => string): Normalisation['apply'] => {
  return (answer, another) =>
    answer.body === undefined ? answer : resized(answer, change(answer.body, another.body ?? ''));
};

/** The answer with another text, its length changed by as much. */
function resized(answer: RecordedAnswer, body: string): RecordedAnswer {
  const { length: before } = answer.body ?? '';
  const length = answer.length === undefined ? undefined : answer.length + body.length - before;
  return { ...answer, body, length };
}

/** In place of what is not compared, so that the length still tells something. */
const sameLength = (text: string): string => '.'.repeat(text.length);

/** Origins in front of a service's root. */
const ORIGIN = /https?:\/\/[^/?#"<\s]+(?=\/(?:rdb|auxip|auxipv2)\.svc\b)/g;

export const NORMALISATIONS: readonly Normalisation[] = [
  {
    name: 'hosts',
    reason: 'addresses of the site, and of auxip.svc as it knows itself, are those of a set-up',
    apply: inBody((body, another) => {
      const [origin] = another.match(ORIGIN) ?? [];
      return origin === undefined ? body : body.replace(ORIGIN, origin);
    }),
  },
  {
    name: 'times of now',
    reason: 'Atom feeds carry the time at which they were written, subscriptions that at which they were made',
    apply: inBody((body) =>
      body.replace(/(?<=<(?:a:)?updated>)[^<]*/g, sameLength).replace(/(?<="SubmissionDate":")[^"]*/g, 'now'),
    ),
  },
  {
    name: 'addresses of objects',
    reason: 'the service prints where its class loader lies in memory',
    apply: inBody((body) => body.replace(/(?<=\.[A-Z]\w+ ?@)[0-9a-f]{5,8}\b/g, sameLength)),
  },
  {
    name: 'presigned addresses',
    reason: 'host and signature of the object store are those of a set-up; path and lifetime are compared',
    apply: (answer) => {
      const { location } = answer.headers;
      if (location?.includes('X-Amz-Expires=') !== true) return answer;
      const { pathname, searchParams } = new URL(location);
      const kept = `${pathname} for ${searchParams.get('X-Amz-Expires') ?? '?'} s`;
      return { ...answer, headers: { ...answer.headers, location: kept } };
    },
  },
  {
    name: 'state of a login',
    reason: 'the gateway draws state and nonce for each login, and redirects to the site itself',
    apply: (answer) => {
      const { location } = answer.headers;
      if (location?.includes('/protocol/openid-connect/auth?') !== true) return answer;
      const drawn = /(?<=[?&](?:state|nonce|redirect_uri)=)[^&]*/g;
      const kept = location.replace(/^https?:\/\/[^/]*/, '').replace(drawn, '***');
      return { ...answer, headers: { ...answer.headers, location: kept } };
    },
  },
  {
    name: 'name of the time zone',
    reason: 'Java writes [GMT] or [UTC] as its machine is set',
    apply: inBody((body) => body.replaceAll('[UTC]', '[GMT]')),
  },
  {
    name: 'version of nginx',
    reason: 'that of the proxy in front is the operators’ choice',
    apply: inBody((body) => body.replace(/nginx\/[\d.]+/g, 'nginx')),
  },
  {
    name: 'blank in the media type',
    reason: 'versions of Tomcat differ in whether a blank follows the semicolon',
    apply: (answer) => {
      const { 'content-type': type } = answer.headers;
      return type === undefined
        ? answer
        : { ...answer, headers: { ...answer.headers, 'content-type': type.replace(/; /g, ';') } };
    },
  },
];

/** Orders that the services leave open; what they contain must be the same. */
export const ORDERS = {
  list: { name: 'order of an unsorted list', reason: 'without $orderby the database decides; the sandbox lists by id' },
  files: {
    name: 'order of auxiliary files',
    reason: 'rdb.svc names them in the order in which reprocessing.svc lists types and files',
  },
  rest: {
    name: 'rows behind the recorded beginning',
    reason: 'of a list that was cut off, the rest depends on rows that were not recorded',
  },
  page: {
    name: 'rows of an unsorted page',
    reason: 'a page without $orderby holds any rows of its list; they must be among those of the sandbox’s list',
  },
} as const;

/** Whether the order of the rows is open. */
export function isUnsorted({ path }: RecordedRequest): boolean {
  return !/[?&](?:\$|%24)orderby=/i.test(path) && !/OrderBy=/.test(path);
}
