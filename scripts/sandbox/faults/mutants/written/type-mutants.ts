import { beforeService } from '../around';
import {
  changed,
  changedText,
  editAttributes,
  editProducts,
  isCollection,
  editData,
  ONE_PRODUCT,
  PRODUCTS,
} from '../edit-json';
import { afterService } from '../around';
import { inGroup } from '../mutant';
import type { Fields } from '../../../odata/write-value';

/** How values are written (auxip.md#dates). */
export const TYPE_MUTANTS = inGroup('types', [
  {
    name: 'content-length-as-text',
    defect: 'ContentLength is a text of digits',
    create: () => editProducts((product) => changed(product, 'ContentLength', String)),
  },
  {
    name: 'content-length-as-double',
    defect: 'ContentLength goes through a small floating-point type and loses its last digits',
    create: () =>
      editProducts((product) => changed(product, 'ContentLength', (length) => Number(Number(length).toPrecision(4)))),
  },
  {
    name: 'content-length-in-kilobytes',
    defect: 'ContentLength counts kilobytes',
    create: () =>
      editProducts((product) => changed(product, 'ContentLength', (length) => Math.ceil(Number(length) / 1024))),
  },
  {
    name: 'ieee754-ignored',
    defect: 'IEEE754Compatible=true in Accept has no effect: 64-bit integers stay numbers',
    create: () =>
      afterService(PRODUCTS, (reply) =>
        editData(reply, (json) => {
          const asNumber = (row: Fields) => changed(row, 'ContentLength', Number);
          return isCollection(json)
            ? { ...json, value: (json['value'] as readonly Fields[]).map(asNumber) }
            : asNumber(json);
        }),
      ),
  },
  {
    name: 'ieee754-of-lists-only',
    defect: 'IEEE754Compatible=true has no effect on a single product',
    create: () =>
      afterService(ONE_PRODUCT, (reply) => editData(reply, (json) => changed(json, 'ContentLength', Number))),
  },
  {
    name: 'metadata-level-ignored',
    defect: 'odata.metadata=full and none in Accept have no effect',
    create: () =>
      beforeService((request) => {
        const accept = request.headers.accept?.replace(/odata\.metadata=\w+/i, 'odata.metadata=minimal');
        return { ...request, headers: { ...request.headers, ...(accept === undefined ? {} : { accept }) } };
      }),
  },
  {
    name: 'dates-without-zone',
    defect: 'PublicationDate comes without Z',
    create: () => editProducts((product) => changedText(product, 'PublicationDate', (date) => date.slice(0, -1))),
  },
  {
    name: 'dates-with-zero-offset',
    defect: 'PublicationDate ends in +00:00 in place of Z',
    create: () =>
      editProducts((product) => changedText(product, 'PublicationDate', (date) => date.replace('Z', '+00:00'))),
  },
  {
    name: 'dates-with-blank',
    defect: 'OriginDate has a blank in place of the T',
    create: () => editProducts((product) => changedText(product, 'OriginDate', (date) => date.replace('T', ' '))),
  },
  {
    name: 'publication-date-cut-to-seconds',
    defect: 'PublicationDate is told without its fraction of a second',
    create: () => ({
      product: (product) => ({ ...product, publicationDate: product.publicationDate.replace(/\.\d+/, '') }),
    }),
  },
  {
    name: 'publication-date-in-local-time',
    defect: 'PublicationDate is two hours late, yet ends in Z',
    create: () =>
      editProducts((product) =>
        changedText(product, 'PublicationDate', (date) =>
          date.replace(/^.{19}/, (seconds) =>
            new Date(Date.parse(`${seconds}Z`) + 7_200_000).toISOString().slice(0, 19),
          ),
        ),
      ),
  },
  {
    name: 'origin-date-null',
    defect: 'OriginDate is null',
    create: () => editProducts((product) => changed(product, 'OriginDate', () => null)),
  },
  {
    name: 'open-validity-null',
    defect: 'ContentDate/End is null where a validity has no end in practice (2099 and later)',
    create: () =>
      editProducts((product) =>
        changed(product, 'ContentDate', (range) =>
          changed(range as Fields, 'End', (end) => (String(end) >= '2099' ? null : end)),
        ),
      ),
  },
  {
    name: 'attribute-dates-in-milliseconds',
    defect: 'date attributes are numbers of milliseconds',
    create: () =>
      editAttributes((attributes) =>
        attributes.map((attribute) =>
          attribute['ValueType'] === 'DateTimeOffset'
            ? changed(attribute, 'Value', (value) => Date.parse(String(value)))
            : attribute,
        ),
      ),
  },
  {
    name: 'attribute-value-type-lower-case',
    defect: 'ValueType of attributes is `string` in place of `String`',
    create: () =>
      editAttributes((attributes) =>
        attributes.map((attribute) => changedText(attribute, 'ValueType', (type) => type.toLowerCase())),
      ),
  },
]);
