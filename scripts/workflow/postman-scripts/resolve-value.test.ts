import { urlRefusal } from '../../services/url-rules';
import { expectNoLogin, isLoginAnswer } from './shared/answer';
import { goOnWithNextFile } from './shared/auxiliary-files';
import { variable } from './shared/variables';

const location = pm.response.headers.get('Location') ?? '';
const refusal = urlRefusal(location, { allowInsecure: variable('allow_insecure') === 'true' });

expectNoLogin();
pm.test('Status is 302: the file lies in the object store', () => {
  pm.expect(pm.response.code).to.equal(302);
});
pm.test('The store is another host than the services', () => {
  pm.expect(location).to.match(/^https?:\/\/[^/]+\/.+/);
  pm.expect(location.startsWith(`${variable('site_url')}/`)).to.equal(false);
});
pm.test('The address may be asked: https, or http to this machine', () => {
  pm.expect(refusal, 'not asked').to.equal(undefined);
});

if (pm.response.code === 302 && !isLoginAnswer() && refusal === undefined) {
  // The presigned address is a credential: it is kept for the next request only, and forgotten there.
  pm.collectionVariables.set('store_url', location);
} else {
  goOnWithNextFile();
}
