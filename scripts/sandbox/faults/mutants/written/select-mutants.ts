import { beforeSite } from '../around';
import { afterService } from '../around';
import { changed, changedText, editAttributes, editData, editProducts, PRODUCTS } from '../edit-json';
import { inGroup } from '../mutant';

/** $select, $expand and attributes (auxip.md#query-options, auxip.md#expanded-attributes, auxip.md#selected-properties, auxip.md#attributes). */
export const SELECT_MUTANTS = inGroup('selecting', [
  {
    name: 'select-ignored',
    defect: '$select has no effect',
    create: () => ({ query: (query) => ({ ...query, select: undefined }) }),
  },
  {
    name: 'select-adds-size',
    defect: '$select always brings ContentLength too',
    create: () => ({
      query: (query) =>
        query.select === undefined
          ? query
          : { ...query, select: { ...query.select, paths: [...query.select.paths, ['ContentLength']] } },
    }),
  },
  {
    name: 'select-loses-last',
    defect: 'the last of several names in $select is lost',
    create: () => ({
      query: (query) => {
        const paths = query.select?.paths ?? [];
        return query.select === undefined || paths.length < 2
          ? query
          : { ...query, select: { ...query.select, paths: paths.slice(0, -1) } };
      },
    }),
  },
  {
    name: 'select-context-plain',
    defect: 'the context does not name what $select chose',
    create: () =>
      afterService(PRODUCTS, (reply) =>
        editData(reply, (json) => changedText(json, '@odata.context', (context) => context.replace(/\(.*\)$/, ''))),
      ),
  },
  {
    name: 'expand-ignored',
    defect: '$expand has no effect',
    create: () => ({ query: (query) => ({ ...query, expand: undefined }) }),
  },
  {
    name: 'expand-unasked',
    defect: 'attributes come without $expand',
    create: () => ({ query: (query) => ({ ...query, expand: query.expand ?? ['Attributes'] }) }),
  },
  {
    name: 'attributes-twice',
    defect: 'every expanded attribute stands twice',
    create: () => editAttributes((attributes) => attributes.flatMap((attribute) => [attribute, attribute])),
  },
  {
    name: 'attribute-dates-missing',
    defect: 'expanded attributes leave out the dates',
    create: () => editAttributes((attributes) => attributes.filter(({ ValueType: type }) => type !== 'DateTimeOffset')),
  },
  {
    name: 'ending-date-missing',
    defect: 'products have no attribute endingDateTime',
    create: () => editAttributes((attributes) => attributes.filter(({ Name: name }) => name !== 'endingDateTime')),
  },
  {
    name: 'beginning-date-late',
    defect: 'the attribute beginningDateTime is a second later than ContentDate/Start',
    create: () =>
      editAttributes((attributes) =>
        attributes.map((attribute) =>
          attribute['Name'] === 'beginningDateTime'
            ? changedText(attribute, 'Value', (date) =>
                date.replace(/^.{19}/, (text) => new Date(Date.parse(`${text}Z`) + 1000).toISOString().slice(0, 19)),
              )
            : attribute,
        ),
      ),
  },
  {
    name: 'unit-attribute-swapped',
    defect: 'the attribute platformSerialIdentifier says the other unit',
    create: () =>
      editAttributes((attributes) =>
        attributes.map((attribute) =>
          attribute['Name'] === 'platformSerialIdentifier'
            ? changedText(attribute, 'Value', (unit) => unit.replace(/[AB]$/, (letter) => (letter === 'A' ? 'B' : 'A')))
            : attribute,
        ),
      ),
  },
  {
    name: 'typed-attributes-untyped',
    defect: 'Products(<id>)/StringAttributes lists the attributes of all types',
    create: () =>
      beforeSite((request) => ({ ...request, path: request.path.replace(/\/StringAttributes$/, '/Attributes') })),
  },
  {
    name: 'content-dates-swapped',
    defect: 'Start and End of ContentDate are swapped',
    create: () =>
      editProducts((product) =>
        changed(product, 'ContentDate', (range) => {
          const { Start, End } = range as { Start: unknown; End: unknown };
          return { Start: End, End: Start };
        }),
      ),
  },
]);
