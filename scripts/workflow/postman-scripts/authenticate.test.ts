import schema from 'schema:token.answer';
import type { TokenAnswer } from '../../services/schema/types/TokenAnswer';
import { expectSchema } from './shared/answer';
import { keepToken } from './shared/token';

pm.test('Status is 200', () => {
  // Bruno's converter knows `pm.response` only where a property is read from it.
  const code = pm.response.code;
  const isRefused = code === 400 || code === 401 || code === 403;
  pm.expect(code, isRefused ? 'user name or password refused' : 'no token').to.equal(200);
});

const answer = expectSchema('answer of the token endpoint', schema) as TokenAnswer | undefined;

if (answer) {
  keepToken(answer.access_token, answer.expires_in);
  pm.test('A bearer token is set for the next steps', () => {
    pm.expect(answer.token_type.toLowerCase()).to.equal('bearer');
  });
}
