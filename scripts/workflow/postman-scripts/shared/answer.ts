import { isLogin } from '../../../services/login-page';

/** The gateway asks the caller to sign in: the token is missing, expired or wrong. */
export function isLoginAnswer(): boolean {
  return isLogin({
    status: pm.response.code,
    location: pm.response.headers.get('Location'),
    wwwAuthenticate: pm.response.headers.get('WWW-Authenticate'),
    text: pm.response.text(),
  });
}

/** The token reached the service: no redirect to a login page, and no login page instead of an answer. */
export function expectNoLogin(): void {
  pm.test('The token is accepted: no login page', () => {
    pm.expect(isLoginAnswer(), 'led to the login page: get a new token (folder 0)').to.equal(false);
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

const ALL_ERRORS_CHARACTERS = 100_000;

/** The answer keeps its JSON Schema. Returns the parsed answer, or undefined when it is no JSON or breaks the schema. */
export function expectSchema(title: string, schema: object): unknown {
  let answer: unknown;
  pm.test(`Schema: ${title}`, () => {
    const parsed = pm.response.json();
    // To gather the errors of a hundred thousand rows takes hours: of a long answer the first is told.
    pm.expect(parsed).to.have.jsonSchema(schema, { allErrors: pm.response.text().length < ALL_ERRORS_CHARACTERS });
    answer = parsed;
  });
  return answer;
}
