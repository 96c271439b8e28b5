import { isSecretKey } from '../lib/redact/redact-patterns';
import { listOf, textOf, type Json } from './json';
import type { Collection } from './read-collection';
import { isLiteral } from './read-environment';
import { isRecord } from '../lib/read-json';

/** Fields of Postman's authorizations that open something; `value` is that of an API key. */
const CREDENTIALS =
  /^(?:password|token|accessToken|refreshToken|clientSecret|secretKey|secret|sessionToken|privateKey|value|authKey|clientToken|consumerSecret|tokenSecret)$/;

/** What a collection itself holds in clear and no output may: its secret variables, and the credentials of its authorizations. */
export function secretsInCollection(collection: Collection): string[] {
  return secretsIn(collection).filter(isLiteral);
}

function secretsIn(part: Json): string[] {
  const request = isRecord(part.request) ? part.request : {};
  const variables = listOf(part.variable)
    .filter(isRecord)
    .filter(({ key, type }) => type === 'secret' || isSecretKey(textOf(key) ?? ''));
  return [
    ...variables.flatMap(({ value }) => textOf(value) ?? []),
    ...credentialsOf(part.auth),
    ...credentialsOf(request.auth),
    ...listOf(part.item).filter(isRecord).flatMap(secretsIn),
  ];
}

/** A list of rows (format 2.1), or a mapping (2.0). */
function credentialsOf(auth: unknown): string[] {
  if (!isRecord(auth)) return [];
  const fields = auth[textOf(auth.type) ?? ''];
  const rows = isRecord(fields)
    ? Object.entries(fields)
    : listOf(fields)
        .filter(isRecord)
        .map(({ key, value }) => [textOf(key) ?? '', value] as const);
  return rows.flatMap(([key, value]) => (CREDENTIALS.test(key) ? (textOf(value) ?? []) : []));
}
