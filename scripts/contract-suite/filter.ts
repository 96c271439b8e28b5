/**
 * `$filter` expressions as data: one value that is written as OData text for the request (auxip.md#filters) and evaluated on the
 * rows of the sample for what the answer must be.
 */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextFunction = 'contains' | 'startswith' | 'endswith';
export type AttributeType = 'String' | 'Integer' | 'Double' | 'DateTimeOffset';

/** Values are templates, written as OData writes them but for the quotes of a text. */
export type Filter =
  | { readonly property: string; readonly is: Comparison; readonly value: string; readonly text?: boolean }
  | { readonly call: TextFunction; readonly property: string; readonly text: string }
  | {
      readonly attribute: string;
      readonly type: AttributeType;
      readonly is: Comparison;
      readonly value: string;
      /** Written as `StringAttributes/any(…)` instead of the cast. */
      readonly typedSet?: boolean;
    }
  | { readonly and: readonly Filter[] }
  /** No alternatives: no rows. */
  | { readonly or: readonly Filter[] }
  /** The filter that made the sample: every row of it. */
  | typeof SAMPLE;

export const SAMPLE = { sample: '{{catalogue_sample}}' } as const;

/** The expression as it stands in a URL, blanks not yet encoded. */
export function filterText(filter: Filter): string {
  if ('sample' in filter) return filter.sample;
  if ('and' in filter) return joined(filter.and, 'and');
  if ('or' in filter) return joined(filter.or, 'or');
  if ('call' in filter) return `${filter.call}(${filter.property},'${filter.text}')`;
  if ('attribute' in filter) {
    const { attribute, type, is, value, typedSet } = filter;
    const literal = type === 'String' ? `'${value}'` : value;
    if (typedSet) return `${type}Attributes/any(v:v/Name eq '${attribute}' and v/Value ${is} ${literal})`;
    const cast = `OData.CSC.${type}Attribute`;
    return `Attributes/${cast}/any(v:v/Name eq '${attribute}' and v/${cast}/Value ${is} ${literal})`;
  }
  return `${filter.property} ${filter.is} ${filter.text ? `'${filter.value}'` : filter.value}`;
}

/** Parentheses only where the usual precedence would read it otherwise: `or` inside `and`. */
function joined(parts: readonly Filter[], word: 'and' | 'or'): string {
  return parts
    .map((part) => (word === 'and' && 'or' in part ? `(${filterText(part)})` : filterText(part)))
    .join(` ${word} `);
}
