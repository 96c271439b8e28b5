import type { CaseFolder, ContractCase, Expectation } from '../contract-case';
import { advance, freeze, NEEDS_CLOCK, resume } from './sandbox-clock';
import { signIn } from './sign-in';
import { refreshRequest, withToken } from './token-request';

/**
 * What ends by itself: tokens and presigned addresses. The sandbox's clock is moved for it, which nobody else may be using; real
 * services would take a quarter of an hour, so there the cases are said to be untested.
 */
export function expiry(): CaseFolder {
  return {
    key: 'expiry',
    name: 'Expiry',
    about:
      'Tokens end after 900 seconds, refresh tokens after 1800, presigned addresses after 600. The clock of the sandbox is moved; elsewhere these cases are untested.',
    alone: true,
    cases: [
      signIn('expiry'),
      freeze('expiry'),
      file(),
      value('expiry-value', 'An address to wait with'),
      advance('590-s', 590),
      store('An address opens until its ten minutes are over', { status: 206 }),
      advance('620-s', 30),
      store('An address is refused after ten minutes', {
        status: 403,
        checks: [{ is: 'store-error', code: ['AccessDenied'] }],
      }),
      token('expiry-token-living', 'A token is accepted until its 900 seconds are over', { status: 200 }),
      advance('910-s', 290),
      {
        ...token('expiry-token-dead', 'A token is refused after its 900 seconds', {
          status: 302,
          headers: { Location: '/auth/realms/reprocessing-preparation/protocol/openid-connect/auth' },
        }),
        promised: {
          basis: 'icd',
          cite: 'auxip.md#specification-icd',
          says: '401 when unauthenticated.',
          expect: { status: 401 },
        },
      },
      refresh('expiry-refresh', 'A refresh token outlives the token', {
        status: 200,
        schema: 'token.answer',
        checks: [KEEP],
      }),
      token('expiry-token-refreshed', 'After a refresh the services are open again', { status: 200 }),
      value('expiry-value-renewed', 'A new $value gives a new address'),
      store('The new address opens the file', { status: 206 }),
      advance('2750-s', 1840),
      refresh('expiry-refresh-dead', 'A refresh token is refused after its 1800 seconds', {
        status: 400,
        schema: 'token.error',
        checks: [{ is: 'member', pointer: '/error', equal: 'invalid_grant' }],
      }),
      { ...signIn('expiry-again'), name: 'Sign in again after everything has expired', needs: ['sandbox_control'] },
      token('expiry-token-new', 'A new token opens the services', { status: 200 }),
      resume('expiry'),
    ],
  };
}

const LIFETIMES = {
  basis: 'observed',
  cite: 'access.md#lifetimes',
  says: 'Lifetimes of tokens and addresses.',
} as const;
const NEEDS = NEEDS_CLOCK;
const KEEP = { is: 'keep', pointer: '/access_token', as: 'access_token' } as const;

function file(): ContractCase {
  return {
    key: 'expiry-file',
    name: 'A file to wait with',
    severity: 'shape',
    source: { basis: 'observed', cite: 'auxip.md#query-options', says: 'Entries in the order of their size.' },
    needs: NEEDS,
    request: {
      url: '{{auxip_root_uri}}/Products?$filter=ContentLength gt 0&$orderby=ContentLength&$top=1',
    },
    expect: {
      status: 200,
      checks: [
        { is: 'keep', pointer: '/value/0/Id', as: 'file_id' },
        { is: 'keep', pointer: '/value/0/Name', as: 'file_name' },
      ],
    },
  };
}

function value(key: string, name: string): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: LIFETIMES,
    needs: [...NEEDS, 'file_id'],
    request: { url: '{{auxip_root_uri}}/Products({{file_id}})/$value', headers: { Accept: '*/*' } },
    expect: { status: 302, checks: [{ is: 'presigned', id: '{{file_id}}', name: '{{file_name}}' }] },
  };
}

function store(name: string, expect: Expectation): ContractCase {
  return {
    key: `expiry-${name.replace(/\W+/g, '-').toLowerCase()}`,
    name,
    severity: 'contract',
    source: LIFETIMES,
    needs: [...NEEDS, 'store_url'],
    request: { url: '{{store_url}}', auth: 'none', headers: { Range: 'bytes=0-0' } },
    expect,
  };
}

function token(key: string, name: string, expect: Expectation): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: LIFETIMES,
    needs: NEEDS,
    request: withToken('{{auxip_root_uri}}/', '{{access_token}}'),
    expect,
  };
}

function refresh(key: string, name: string, expect: Expectation): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: LIFETIMES,
    needs: [...NEEDS, 'refresh_token'],
    request: refreshRequest('{{refresh_token}}'),
    expect,
  };
}
