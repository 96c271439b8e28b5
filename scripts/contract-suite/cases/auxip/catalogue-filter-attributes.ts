import type { ContractCase, Source } from '../../contract-case';
import type { AttributeType, Comparison, Filter } from '../../filter';
import { SAMPLE } from '../../filter';
import { query } from './catalogue-case';

const SOURCE: Source = {
  basis: 'observed',
  cite: 'auxip.md#filters',
  says: '`any` over attributes compares the name first, then one value; several may be joined.',
};
const OPERATORS: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

/** An attribute of each type; nothing is ever stored as a number (auxip.md#attributes). */
const ATTRIBUTES: readonly { readonly type: AttributeType; readonly attribute: string; readonly value: string }[] = [
  { type: 'String', attribute: 'productType', value: '{{seed_type}}' },
  { type: 'DateTimeOffset', attribute: 'beginningDateTime', value: '{{mid_start}}' },
  { type: 'Integer', attribute: 'productType', value: '5' },
  { type: 'Double', attribute: 'productType', value: '5.5' },
];

/** Filters on attributes, in both forms. */
export function attributeFilters(): ContractCase[] {
  return [...operators(), ...typedSets(), ...names(), ...joined(), ...loosely()];
}

function ofAttribute(key: string, name: string, filter: Filter): ContractCase {
  const rows = { filter: { and: [SAMPLE, filter] } };
  return query({ key: `filter-attribute-${key}`, name, source: SOURCE, rows, alone: true });
}

function operators(): ContractCase[] {
  return ATTRIBUTES.flatMap((term) =>
    OPERATORS.map((is) =>
      ofAttribute(`${term.type.toLowerCase()}-${is}`, `Attributes of type ${term.type} compare by ${is}`, {
        ...term,
        is,
      }),
    ),
  );
}

function typedSets(): ContractCase[] {
  return ATTRIBUTES.flatMap((term) =>
    (['eq', 'ge'] as const).map((is) =>
      ofAttribute(`${term.type.toLowerCase()}-set-${is}`, `${term.type}Attributes/any compares by ${is} as well`, {
        ...term,
        is,
        typedSet: true,
      }),
    ),
  );
}

function names(): ContractCase[] {
  const type = { type: 'String', is: 'eq', value: '{{seed_type}}' } as const;
  return [
    ofAttribute('other-name', 'The value of another attribute does not count', {
      ...type,
      attribute: 'platformShortName',
    }),
    ofAttribute('unknown', 'An attribute that no entry has chooses nothing', { ...type, attribute: 'noSuchAttribute' }),
    ofAttribute('lower-name', 'Names of attributes have upper and lower case', { ...type, attribute: 'producttype' }),
    ofAttribute('part', 'Part of a value is not equal to it', {
      ...type,
      attribute: 'productType',
      value: '{{seed_type_part}}',
    }),
    ofAttribute('end', 'The attribute of the end has the end of the validity', {
      attribute: 'endingDateTime',
      type: 'DateTimeOffset',
      is: 'le',
      value: '{{mid_end}}',
    }),
    ofAttribute('processing', 'The attribute of processing has the date of origin', {
      attribute: 'processingDate',
      type: 'DateTimeOffset',
      is: 'ge',
      value: '{{mid_origin}}',
    }),
    ofAttribute('wrong-type', 'A date is not among the texts', {
      attribute: 'beginningDateTime',
      type: 'String',
      is: 'ne',
      value: 'x',
    }),
  ];
}

function joined(): ContractCase[] {
  const byType: Filter = { attribute: 'productType', type: 'String', is: 'eq', value: '{{seed_type}}' };
  const byUnit: Filter = { attribute: 'platformSerialIdentifier', type: 'String', is: 'eq', value: '{{seed_unit}}' };
  const early: Filter = { attribute: 'beginningDateTime', type: 'DateTimeOffset', is: 'lt', value: '{{mid_start}}' };
  const late: Filter = { attribute: 'beginningDateTime', type: 'DateTimeOffset', is: 'ge', value: '{{mid_start}}' };
  return [
    ofAttribute('and', 'Two any joined by and choose the entries that fulfil both', { and: [byType, byUnit] }),
    ofAttribute('and-early', 'A text and a date among attributes must both hold', { and: [byType, early] }),
    ofAttribute('and-late', 'A text and a later date among attributes must both hold', { and: [byType, late] }),
    ofAttribute('or', 'Two any joined by or choose the entries that fulfil one or both', { or: [byType, early] }),
    ofAttribute('with-property', 'any joined with a property: both must hold', {
      and: [late, { property: 'ContentLength', is: 'le', value: '{{mid_length}}' }],
    }),
    ofAttribute('with-text', 'any joined with a text function: both must hold', {
      or: [early, { call: 'contains', property: 'Name', text: '{{seed_middle}}' }],
    }),
  ];
}

/** What the service does not look at. */
function loosely(): ContractCase[] {
  return [
    query(
      {
        key: 'filter-attribute-name-operator',
        name: 'The operator between Name and its literal does not count',
        source: {
          basis: 'observed',
          cite: 'auxip.md#filters',
          says: 'The operator of the name term is ignored: always equal.',
        },
        rows: { filter: { attribute: 'productType', type: 'String', is: 'eq', value: '{{seed_type}}' } },
        asks: "StringAttributes/any(v:v/Name ne 'productType' and v/Value eq '{{seed_type}}')",
        promised: {
          basis: 'documented',
          cite: 'OData URL conventions',
          says: '`ne` chooses the other attributes.',
          rows: { filter: { or: [] } },
        },
      },
      { profiles: ['adg'], needs: ['seed_type'] },
    ),
    query(
      {
        key: 'filter-attribute-or-inside',
        name: 'Name and value must both hold, also where or joins them',
        source: {
          basis: 'observed',
          cite: 'auxip.md#filters',
          says: 'The operator between the two terms of `any` is ignored: always and.',
        },
        rows: { filter: { attribute: 'productType', type: 'String', is: 'eq', value: '{{seed_type}}' } },
        asks: "StringAttributes/any(v:v/Name eq 'productType' or v/Value eq '{{seed_type}}')",
        promised: {
          basis: 'documented',
          cite: 'OData URL conventions',
          says: '`or` chooses entries of which one term holds.',
          rows: { filter: SAMPLE },
        },
      },
      { profiles: ['adg'], needs: ['seed_type'] },
    ),
    query({
      key: 'filter-attribute-variable',
      name: 'Any name will do for the variable of any',
      source: SOURCE,
      rows: { filter: { attribute: 'productType', type: 'String', is: 'eq', value: '{{seed_type}}' } },
      asks: "StringAttributes/any(att:att/Name eq 'productType' and att/Value eq '{{seed_type}}')",
    }),
  ];
}
