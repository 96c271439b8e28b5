import { goOnWithNextFile } from './shared/auxiliary-files';
import { variable } from './shared/variables';

const KIB = 1024;
const size = Number(variable('file_size'));

pm.test('No token and no cookie went to the store', () => {
  pm.expect(['Authorization', 'Cookie'].filter((name) => pm.request.headers.has(name))).to.eql([]);
});
pm.test('Status is 206: the store serves a part of the file', () => {
  pm.expect(pm.response.code).to.equal(206);
});
pm.test('The part is the first KiB of a file of the size in the catalogue', () => {
  const last = Math.min(KIB, size) - 1;
  pm.expect(pm.response.headers.get('Content-Range')).to.equal(`bytes 0-${last}/${size}`);
  pm.expect(pm.response.responseSize).to.equal(last + 1);
});

goOnWithNextFile();
