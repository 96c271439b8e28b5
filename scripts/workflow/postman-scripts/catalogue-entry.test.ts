import schema from 'schema:auxip.product';
import { expectJson, expectSchema } from './shared/answer';
import { isNamed } from '../../sentinel/is-named';
import { variable } from './shared/variables';
import type { CatalogueEntryAnswer } from '../../services/schema/types/CatalogueEntryAnswer';

expectJson(200);
const entry = expectSchema('catalogue entry', schema) as CatalogueEntryAnswer | undefined;

if (entry) {
  pm.test(`The entry is the file of the link: ${variable('file_name')}`, () => {
    pm.expect(entry.Id).to.equal(variable('file_id'));
    const [came, asked] = [entry.Name.trim(), variable('file_name')];
    // rdb.svc may leave extensions out.
    if (!isNamed(came, asked)) pm.expect(came).to.equal(asked);
  });
  pm.test('The entry gives a size and an MD5 to check the file against', () => {
    pm.expect(Number(entry.ContentLength)).to.be.above(0);
    pm.expect(entry.Checksum.map((checksum) => checksum.Algorithm.toUpperCase())).to.include('MD5');
  });
  pm.collectionVariables.set('file_size', String(entry.ContentLength));
}
