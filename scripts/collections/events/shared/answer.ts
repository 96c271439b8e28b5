const LOGIN = /\/protocol\/openid-connect\/auth|\/auth\/realms\//;

/** True when the gateway sends the caller to the identity provider: the token is missing, expired or wrong. */
export function isLoginRedirect(): boolean {
  return pm.response.code === 302 && LOGIN.test(pm.response.headers.get('Location') ?? '');
}

/** The token reached the service: no redirect to a login page, and no login page in place of an answer. */
export function expectNoLogin(): void {
  pm.test('The token is accepted: no login page', () => {
    pm.expect(isLoginRedirect(), 'redirected to the login page: get a new token (folder 0)').to.equal(false);
    pm.expect(mediaType(), 'a web page came in place of an answer').to.not.equal('text/html');
  });
}

/** The token was accepted, and the answer is JSON with this status. */
export function expectJson(status: number): void {
  expectNoLogin();
  pm.test(`Status is ${status}`, () => {
    pm.expect(pm.response.code).to.equal(status);
  });
  pm.test('Media type is application/json', () => {
    pm.expect(mediaType()).to.equal('application/json');
  });
}

/** Proxies repeat the header; the first media type counts, without its parameters. */
function mediaType(): string {
  const [first = ''] = (pm.response.headers.get('Content-Type') ?? '').split(/[;,]/);
  return first.trim().toLowerCase();
}

/** The answer keeps its JSON Schema. Returns the parsed answer, or undefined when it is no JSON or breaks the schema. */
export function expectSchema(title: string, schema: object): unknown {
  let answer: unknown;
  pm.test(`Schema: ${title}`, () => {
    const parsed = pm.response.json();
    pm.expect(parsed).to.have.jsonSchema(schema);
    answer = parsed;
  });
  return answer;
}
