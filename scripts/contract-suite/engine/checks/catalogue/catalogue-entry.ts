import type { CatalogueCheck } from '../../../checks';
import type { AttributeType } from '../../../filter';
import type { Answer } from '../../answer';
import { attributesOf, sampleRows, type Row } from '../../catalogue-sample';
import { difference, finding, type Finding } from '../../finding';
import type { Scope } from '../../scope';
import { projected } from './catalogue-rows';

type Of<Is> = CatalogueCheck & { readonly is: Is };

/** One entry, flattened beside its context, is the row of the sample; `$select` has no effect on it (auxip.md#single-entries). */
export function catalogueEntry(
  { id, expand, ieee754 }: Of<'catalogue-entry'>,
  answer: Answer,
  scope: Scope,
): Finding[] {
  return [
    finding('The entry is the same as in the list', () =>
      difference(
        {
          '@odata.context': '$metadata#Products/$entity',
          ...projected(rowOf(id, scope), { expand, ieee754 }),
        },
        answer.json(),
      ),
    ),
  ];
}

/** A property on its own: a value beside its context, or the members of a complex one (auxip.md#resources). */
export function catalogueProperty(
  { id, property, context }: Of<'catalogue-property'>,
  answer: Answer,
  scope: Scope,
): Finding[] {
  return [
    finding(`${property} is the same as in the list`, () => {
      const value = rowOf(id, scope)[property];
      const isComplex = typeof value === 'object' && value !== null && !Array.isArray(value);
      return difference({ '@odata.context': scope.text(context), ...(isComplex ? value : { value }) }, answer.json());
    }),
  ];
}

export function catalogueAttributes({ id, type }: Of<'catalogue-attributes'>, answer: Answer, scope: Scope): Finding[] {
  return [
    finding('The attributes are the same as in the list', () =>
      difference(attributesAlone(rowOf(id, scope), type), answer.json()),
    ),
  ];
}

/** All attributes say their own type; those of one type need not (auxip.md#expanded-attributes). */
export function attributesAlone(row: Row, type?: AttributeType): object {
  const all = attributesOf(row);
  const value = type
    ? all
        .filter(({ ValueType }) => ValueType === type)
        .map(({ Name, ValueType, Value }) => ({ Name, ValueType, Value }))
    : all;
  return { '@odata.context': `$metadata#${type ?? ''}Attributes`, value };
}

function rowOf(id: string, scope: Scope): Row {
  const wanted = scope.text(id).toLowerCase();
  const row = sampleRows(scope).find(({ Id }) => Id === wanted);
  if (!row) throw new Error(`the sample has no entry ${wanted}`);
  return row;
}
