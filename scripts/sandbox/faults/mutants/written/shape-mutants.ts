import { afterService } from '../around';
import {
  BASELINE,
  changedText,
  editAttributes,
  editChecksums,
  editData,
  editEntries,
  editProducts,
  isCollection,
  ONE_PRODUCT,
  PRODUCTS,
  renamed,
  rowsOf,
  without,
} from '../edit-json';
import { inGroup } from '../mutant';
import type { Fields } from '../../../odata/write-value';

/** What stands where in a JSON answer (auxip.md#lists, rdb.md#answers). */
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
  {
    name: 'content-date-flattened',
    defect: 'Start and End stand beside the other properties, not inside ContentDate',
    create: () => editProducts(({ ContentDate: range, ...product }) => ({ ...product, ...(range as Fields) })),
  },
  {
    name: 'checksum-not-in-list',
    defect: 'Checksum is one object, not a list of one',
    create: () =>
      editProducts((product) =>
        'Checksum' in product ? { ...product, Checksum: rowsOf(product, 'Checksum')[0] } : product,
      ),
  },
  {
    name: 'checksum-date-missing',
    defect: 'checksums come without ChecksumDate',
    create: () => editChecksums((checksum) => without(checksum, 'ChecksumDate')),
  },
  {
    name: 'product-in-list',
    defect: 'a single product comes as a collection of one',
    create: () =>
      afterService(ONE_PRODUCT, (reply) =>
        editData(reply, ({ '@odata.context': context, ...product }) => ({
          '@odata.context': context,
          value: [product],
        })),
      ),
  },
  {
    name: 'products-without-envelope',
    defect: 'the collection of products is a bare list',
    create: () => afterService(/\/Products$/, (reply) => editData(reply, (json) => json['value'] as Fields)),
  },
  {
    name: 'context-of-entity',
    defect: 'the context of the collection of products ends in /$entity',
    create: () =>
      afterService(PRODUCTS, (reply) =>
        editData(reply, (json) =>
          isCollection(json) ? changedText(json, '@odata.context', (context) => `${context}/$entity`) : json,
        ),
      ),
  },
  {
    name: 'entity-context-missing',
    defect: 'a single product comes without @odata.context',
    create: () => afterService(ONE_PRODUCT, (reply) => editData(reply, (json) => without(json, '@odata.context'))),
  },
  {
    name: 'baseline-context-relative-to-site',
    defect: 'the context of baselines is a path of the inner host, not relative to the service',
    create: () =>
      afterService(BASELINE, (reply) =>
        editData(reply, (json) => changedText(json, '@odata.context', (context) => `/rdb/${context}`)),
      ),
  },
  {
    name: 'media-type-annotation-missing',
    defect: 'products come without @odata.mediaContentType',
    create: () => editProducts((product) => without(product, '@odata.mediaContentType')),
  },
  {
    name: 'undeclared-property',
    defect: 'products have a property Online that the model does not know',
    create: () => editProducts((product) => ('value' in product ? product : { ...product, Online: true })),
  },
  {
    name: 'attributes-as-object',
    defect: 'expanded attributes are one object of names and values, not a list',
    create: () =>
      editAttributes((attributes) =>
        Object.fromEntries(attributes.map((attribute) => [String(attribute['Name']), attribute['Value']])),
      ),
  },
  {
    name: 'attribute-value-type-missing',
    defect: 'expanded attributes come without ValueType',
    create: () => editAttributes((attributes) => attributes.map((attribute) => without(attribute, 'ValueType'))),
  },
  {
    name: 'empty-collection-null',
    defect: 'a collection without rows is null, not an empty list',
    create: () =>
      afterService(/^/, (reply) =>
        editData(reply, (json) =>
          isCollection(json) && rowsOf(json, 'value').length === 0 ? { ...json, value: null } : json,
        ),
      ),
  },
  {
    name: 'baseline-files-renamed',
    defect: 'AuxDataFiles of baselines is called AuxFiles',
    create: () => editEntries((entry) => renamed(entry, 'AuxDataFiles', 'AuxFiles')),
  },
  {
    name: 'baseline-message-missing',
    defect: 'entries of baselines come without Message',
    create: () => editEntries((entry) => without(entry, 'Message')),
  },
  {
    name: 'baseline-of-one-not-in-list',
    defect: 'a baseline of a single Level-0 is an object, not a list of one',
    create: () =>
      afterService(BASELINE, (reply) =>
        editData(reply, (json) => {
          const entries = rowsOf(json, 'value');
          return entries.length === 1 ? { ...json, value: entries[0] } : json;
        }),
      ),
  },
]);
