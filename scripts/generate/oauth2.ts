import type { PostmanAuth } from '../contract-suite/collection/postman-collection';

/**
 * The tutorial's OAuth 2.0 tab, pre-filled: "Get New Access Token" in the app needs only user and password. Newman never performs
 * the grant; for it, and for the app once folder 0 was sent, `accessToken` is the variable that holds the token.
 */
export function collectionAuth(): PostmanAuth {
  const text = (key: string, value: string): { key: string; value: unknown; type: 'string' } => ({
    key,
    value,
    type: 'string',
  });
  return {
    type: 'oauth2',
    oauth2: [
      text('tokenName', 'auxip_token'),
      text('grant_type', 'password_credentials'),
      text('accessTokenUrl', '{{access_token_url}}'),
      text('clientId', '{{client_id}}'),
      text('clientSecret', ''),
      text('username', '{{username}}'),
      text('password', '{{password}}'),
      text('scope', '{{scope}}'),
      text('client_authentication', 'body'),
      text('accessToken', '{{access_token}}'),
      text('tokenType', 'Bearer'),
      text('addTokenTo', 'header'),
      text('headerPrefix', 'Bearer'),
    ],
  };
}
