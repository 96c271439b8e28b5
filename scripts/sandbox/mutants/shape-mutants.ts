import { editProducts, renamed, without } from './edit-json';
import { inGroup } from './mutant';

/** What stands where in a JSON answer. */
export const SHAPE_MUTANTS = inGroup('shape', [
  {
    name: 'origin-date-missing',
    defect: 'products come without OriginDate',
    create: () => editProducts((product) => without(product, 'OriginDate')),
  },
  {
    name: 'content-length-renamed',
    defect: 'ContentLength is called Size',
    create: () => editProducts((product) => renamed(product, 'ContentLength', 'Size')),
  },
]);
