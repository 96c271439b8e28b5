import { beforeSite } from '../around';
import { afterService } from '../around';
import { changedText, editData, editProducts, ONE_PRODUCT } from '../edit-json';
import { inGroup } from '../mutant';

/** Ids and names of products. */
export const IDENTITY_MUTANTS = inGroup('identity', [
  {
    name: 'ids-upper-case',
    defect: 'ids of products are in upper case',
    create: () => editProducts((product) => changedText(product, 'Id', (id) => id.toUpperCase())),
  },
  {
    name: 'ids-without-hyphens',
    defect: 'ids of products come without hyphens',
    create: () => editProducts((product) => changedText(product, 'Id', (id) => id.replaceAll('-', ''))),
  },
  {
    name: 'ids-change',
    defect: 'the ids of products end in another digit at every call',
    create: () => {
      let calls = 0;
      return editProducts((product) =>
        changedText(product, 'Id', (id) => id.slice(0, -1) + (calls++ % 16).toString(16)),
      );
    },
  },
  {
    name: 'entry-of-other-id',
    defect: 'a single product tells another id than it was asked by',
    create: () =>
      afterService(ONE_PRODUCT, (reply) =>
        editData(reply, (json) => changedText(json, 'Id', (id) => `00000000${id.slice(8)}`)),
      ),
  },
  {
    name: 'key-with-case',
    defect: 'an id in upper case is not found',
    create: () =>
      beforeSite((request) => ({
        ...request,
        path: request.path.replace(/\([0-9a-f-]*[A-F][0-9A-Fa-f-]*\)/, '(00000000-0000-0000-0000-000000000000)'),
      })),
  },
  {
    name: 'product-names-with-blank',
    defect: 'names of products end in a blank',
    create: () => editProducts((product) => changedText(product, 'Name', (name) => `${name} `)),
  },
  {
    name: 'product-names-other-case',
    defect: 'the last extension of names of products has the other case: .ZIP, .tgz',
    create: () =>
      editProducts((product) =>
        changedText(product, 'Name', (name) =>
          name.replace(/\.(?:zip|TGZ)$/, (end) => (end === '.zip' ? '.ZIP' : '.tgz')),
        ),
      ),
  },
  {
    name: 'product-names-without-extension',
    defect: 'names of single products come without their last extension',
    create: () =>
      afterService(ONE_PRODUCT, (reply) =>
        editData(reply, (json) => changedText(json, 'Name', (name) => name.replace(/\.[^.]+$/, ''))),
      ),
  },
]);
