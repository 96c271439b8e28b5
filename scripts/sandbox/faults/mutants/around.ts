import type { Reply } from '../../http/reply';
import type { WireRequest } from '../../http/request';
import type { Around, Faults } from '../scenarios/faults';

type Change = (reply: Reply, request: WireRequest) => Reply;

/** Changes the answers to requests whose path matches, as the services give them: behind the gateway. */
export function afterService(path: RegExp, change: Change): Faults {
  return { aroundService: after(path, change) };
}

/** Changes what leaves the site, whoever answers it. */
export function afterSite(path: RegExp, change: Change): Faults {
  return { aroundSite: after(path, change) };
}

/** Changes what the store answers. */
export function afterStore(change: Change): Faults {
  return { aroundStore: after(/^/, change) };
}

function after(path: RegExp, change: Change): Around {
  return async (request, answer) => {
    const reply = await answer(request);
    return path.test(request.path) ? change(reply, request) : reply;
  };
}

/** Lets the site read something else than what was sent. */
export function beforeSite(misread: (request: WireRequest) => WireRequest): Faults {
  return { aroundSite: (request, answer) => answer(misread(request)) };
}

/** Lets the services read other options than what was sent; the gateway sees the true ones. */
export function beforeService(misread: (request: WireRequest) => WireRequest): Faults {
  return { aroundService: (request, answer) => answer(misread(request)) };
}

export function beforeStore(misread: (request: WireRequest) => WireRequest): Faults {
  return { aroundStore: (request, answer) => answer(misread(request)) };
}

/** The request with some of its options; none of them left is no query. */
export function withOptions(request: WireRequest, keep: (option: string) => boolean): WireRequest {
  const kept = (request.query ?? '').split('&').filter(keep).join('&');
  return { ...request, query: kept === '' ? undefined : kept };
}

/** The request with its query rewritten, if it has one. */
export function withQuery(request: WireRequest, rewrite: (query: string) => string): WireRequest {
  return request.query === undefined ? request : { ...request, query: rewrite(request.query) };
}

/** The value of an option as sent, its name in either spelling. */
export function optionOf({ query }: WireRequest, name: string): string | undefined {
  return new RegExp(`(?:^|&)(?:\\$|%24)${name}=([^&]*)`).exec(query ?? '')?.[1];
}

export function isOption(name: string): (option: string) => boolean {
  return (option) => new RegExp(`^(?:\\$|%24)${name}=`).test(option);
}

export function withHeaders(reply: Reply, headers: Reply['headers']): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Header names are compared as they are written in the sandbox. */
export function withoutHeader(reply: Reply, ...names: readonly string[]): Reply {
  return {
    ...reply,
    headers: Object.fromEntries(Object.entries(reply.headers).filter(([name]) => !names.includes(name))),
  };
}

export function withoutRequestHeader(request: WireRequest, name: string): WireRequest {
  return { ...request, headers: Object.fromEntries(Object.entries(request.headers).filter(([key]) => key !== name)) };
}
