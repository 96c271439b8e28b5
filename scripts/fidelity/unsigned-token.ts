/** A token that says what it likes: enough for auxip.svc, which decodes and verifies nothing (access.md#roles). */
export function unsignedToken(username: string, roles: readonly string[]): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ preferred_username: username, realm_access: { roles } })}.x`;
}
