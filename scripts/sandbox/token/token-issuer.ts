import { generateKeyPair, randomUUID, randomBytes, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeJwt, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Account } from './accounts';

/** Lifetimes in seconds (access.md#lifetimes). */
export interface Lifetimes {
  readonly access: number;
  readonly refresh: number;
  readonly session: number;
}

/** What makes a token active; by default all of it but its type, unless a mutant changes it. */
export interface TokenChecks {
  readonly signature: boolean;
  readonly expiry: boolean;
  readonly session: boolean;
  /** `typ`: Keycloak says of refresh and id tokens too that they are active. */
  readonly type: boolean;
}

export const USUAL_CHECKS: TokenChecks = { signature: true, expiry: true, session: true, type: false };

export const CLIENT_ID = 'reprocessing-preparation';

/** The login of one account: its refresh tokens share it and end with it. */
export interface Session {
  readonly id: string;
  readonly account: Account;
  readonly startedAt: number;
}

/** One 2048-bit key per process: making it costs more than everything else at start. */
let signingKey: Promise<{ privateKey: KeyObject; publicKey: KeyObject }> | undefined;

/** Signs and checks the tokens of the realm; `clock` in epoch milliseconds decides what is expired. */
export class TokenIssuer {
  private readonly sessions = new Map<string, Session>();
  private readonly refreshSecret = randomBytes(32);
  private readonly verified = new Map<string, JWTPayload>();

  constructor(
    private readonly issuer: () => string,
    readonly lifetimes: Lifetimes,
    private readonly clock: () => number,
  ) {}

  startSession(account: Account): Session {
    const session = { id: randomUUID(), account, startedAt: this.clock() };
    this.sessions.set(session.id, session);
    return session;
  }

  /** Ends every session: tokens given out so far are no longer active (introspection notices at once, access.md#gateway). */
  endSessions(): void {
    this.sessions.clear();
  }

  /** Seconds for which a refresh token given now is good: shorter near the end of the session. */
  refreshSeconds(session: Session): number {
    const left = Math.floor((session.startedAt - this.clock()) / 1000) + this.lifetimes.session;
    return Math.max(0, Math.min(this.lifetimes.refresh, left));
  }

  /** RS256, claims and their order as in access.md#token-answer. */
  async accessToken(session: Session, scope: string): Promise<string> {
    const { privateKey } = await keyPair();
    return sign(privateKey, 'RS256', {
      ...this.commonClaims(session, { seconds: this.lifetimes.access, aud: 'account', typ: 'Bearer' }),
      acr: '1',
      'allowed-origins': ['*'],
      realm_access: { roles: [...session.account.roles, 'offline_access', 'uma_authorization'] },
      resource_access: { account: { roles: ['manage-account', 'manage-account-links', 'view-profile'] } },
      scope,
      email_verified: true,
      name: `Sandbox ${session.account.username}`,
      preferred_username: session.account.username,
      given_name: 'Sandbox',
      family_name: session.account.username,
      email: `${session.account.username}@sandbox.invalid`,
    });
  }

  async idToken(session: Session): Promise<string> {
    const { privateKey } = await keyPair();
    return sign(privateKey, 'RS256', {
      ...this.commonClaims(session, { seconds: this.lifetimes.access, aud: CLIENT_ID, typ: 'ID' }),
      preferred_username: session.account.username,
    });
  }

  /** HS256: opaque to clients. */
  async refreshToken(session: Session, scope: string): Promise<string> {
    const seconds = this.refreshSeconds(session);
    return sign(this.refreshSecret, 'HS256', {
      ...this.commonClaims(session, { seconds, aud: this.issuer(), typ: 'Refresh' }),
      scope,
    });
  }

  /** The first claims of every token, in the order of access.md#token-answer. */
  private commonClaims(
    { id, account }: Session,
    { seconds, aud, typ }: { seconds: number; aud: string; typ: string },
  ): JWTPayload {
    const now = Math.floor(this.clock() / 1000);
    return {
      exp: now + seconds,
      iat: now,
      jti: randomUUID(),
      iss: this.issuer(),
      aud,
      sub: account.id,
      typ,
      azp: CLIENT_ID,
      session_state: id,
    };
  }

  /** The session and scope of a refresh token, or the reason why it is refused. */
  async readRefreshToken(
    token: string,
  ): Promise<{ session: Session; scope: string } | 'invalid' | 'expired' | 'ended'> {
    const claims = await verify(token, this.refreshSecret, 'HS256');
    if (claims?.['typ'] !== 'Refresh') return 'invalid';
    if (this.isExpired(claims)) return 'expired';
    const session = this.liveSession(claims);
    return session === undefined ? 'ended' : { session, scope: String(claims['scope']) };
  }

  /** The gateway's question to Keycloak: is this token active? (access.md#gateway) */
  async isActive(token: string, checks: TokenChecks = USUAL_CHECKS): Promise<boolean> {
    const verified = this.verified.get(token) ?? (await this.verifyAny(token));
    const claims = verified ?? (checks.signature ? undefined : unverified(token));
    if (claims === undefined) return false;
    if (checks.type && claims['typ'] !== 'Bearer') return false;
    if (checks.expiry && this.isExpired(claims)) return false;
    return !checks.session || this.liveSession(claims) !== undefined;
  }

  private async verifyAny(token: string): Promise<JWTPayload | undefined> {
    const claims =
      (await verify(token, (await keyPair()).publicKey, 'RS256')) ?? (await verify(token, this.refreshSecret, 'HS256'));
    if (this.verified.size > 1000) this.verified.clear();
    if (claims !== undefined) this.verified.set(token, claims);
    return claims;
  }

  private liveSession(claims: JWTPayload): Session | undefined {
    const session = this.sessions.get(String(claims['session_state']));
    const ended = session === undefined || this.clock() > session.startedAt + 1000 * this.lifetimes.session;
    return ended ? undefined : session;
  }

  private isExpired(claims: JWTPayload): boolean {
    return this.clock() >= 1000 * (claims.exp ?? 0);
  }
}

function keyPair(): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  signingKey ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return signingKey;
}

async function sign(key: KeyObject | Uint8Array, algorithm: 'RS256' | 'HS256', claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: 'JWT', kid: 'sandbox' }).sign(key);
}

/** Signature only; what is expired is decided with the sandbox's own clock. */
async function verify(
  token: string,
  key: KeyObject | Uint8Array,
  algorithm: 'RS256' | 'HS256',
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], currentDate: new Date(0) });
    return payload;
  } catch {
    return undefined;
  }
}

function unverified(token: string): JWTPayload | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
