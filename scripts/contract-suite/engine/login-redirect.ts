/** The way to the login page: another state each time, and back to the site that was asked (RFC 6749 §10.12, access.md#gateway). */
import { finding, type Finding } from './finding';
import type { Answer } from './answer';
import type { Scope } from './scope';

const LOGIN = /\/protocol\/openid-connect\/auth[?](.*)$/;

/** Variable: state and nonce of the redirect before. */
const LAST = 'login_state';

/** None of another redirect. */
export function loginRedirect({ status, header }: Answer, scope: Scope): Finding[] {
  const location = header('Location') ?? '';
  const query = status === 302 ? LOGIN.exec(location)?.[1] : undefined;
  if (query === undefined) return [];
  const written = (name: string): string => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(query)?.[1] ?? '';
  const secrets = ['state', 'nonce'].map(written);
  const before = (scope.recall(LAST) ?? []) as readonly string[];
  scope.remember(LAST, secrets);
  return [
    finding('The way to the login page stays at this site and leads back here, with a state of its own', () => {
      const repeated = secrets.find((secret) => secret !== '' && before.includes(secret));
      if (repeated !== undefined) return 'state or nonce is that of the redirect before: others can foresee it';
      const own = hostOf(scope.value('site_url'));
      const strange = [location, decodeURIComponent(written('redirect_uri'))]
        .map(hostOf)
        .find((host) => !isNear(host, own));
      return strange === undefined ? undefined : `it leads to ${strange}`;
    }),
  ];
}

const hostOf = (url: string): string => /^https?:\/\/(?:[^/@]*@)?([^/:?#]+)/.exec(url)?.[1]?.toLowerCase() ?? '';

/** A proxy may call the site by another name of the same domain. */
function isNear(host: string, own: string): boolean {
  const domain = /[^.\d][^.]*[.][^.\d][^.]*$/.exec(own)?.[0];
  return host === own || (domain !== undefined && (host === domain || host.endsWith(`.${domain}`)));
}
