import { describe, expect, test } from 'vitest';
import { coverageOf, requireCoverage } from '../../scripts/generate/coverage';
import { filterText, SAMPLE } from '../../scripts/contract-suite/filter';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import { modelLines, unclosedElement } from '../../scripts/contract-suite/model-lines';
import { serviceModel } from '../../scripts/contract-suite/service-model';

describe('filters as they stand in an address', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((value) => ({ property: 'Name', is: 'eq', value, text: true }) as const);
  const or = { or: [a!, b!] };

  test('an alternative inside a conjunction stands in parentheses, a conjunction inside an alternative does not', () => {
    expect(filterText({ and: [or, c!] })).toBe("(Name eq 'a' or Name eq 'b') and Name eq 'c'");
    expect(filterText({ or: [{ and: [a!, b!] }, c!] })).toBe("Name eq 'a' and Name eq 'b' or Name eq 'c'");
  });

  test('numbers and dates have no quotes, calls and attributes do for texts', () => {
    expect(filterText({ property: 'ContentLength', is: 'gt', value: '1' })).toBe('ContentLength gt 1');
    expect(filterText({ call: 'contains', property: 'Name', text: 'x' })).toBe("contains(Name,'x')");
    const attribute = { attribute: 'size', type: 'Integer', is: 'le', value: '5' } as const;
    expect(filterText(attribute)).toBe(
      "Attributes/OData.CSC.IntegerAttribute/any(v:v/Name eq 'size' and v/OData.CSC.IntegerAttribute/Value le 5)",
    );
    expect(filterText({ ...attribute, type: 'String', typedSet: true })).toBe(
      "StringAttributes/any(v:v/Name eq 'size' and v/Value le '5')",
    );
    expect(filterText(SAMPLE)).toBe('{{catalogue_sample}}');
  });
});

describe('what a model declares', () => {
  const model = (inner: string): string[] => modelLines(`<Schema Namespace="N">${inner}</Schema>`);
  const entity = `<EntityType Name="P"><Property Name="Id" Type="Edm.Guid" Nullable="false"/><Property Name="N" Type="Edm.String"/></EntityType>`;

  test('one line per element with its owner; order, quotes and prefixes do not count', () => {
    expect(model(entity)).toEqual(['P EntityType', 'P/Id Property Edm.Guid required', 'P/N Property Edm.String']);
    const otherwise = `<edm:EntityType Name='P'><edm:Property Type='Edm.String' Name='N'></edm:Property>
      <edm:Property Nullable='false' Name='Id' Type='Edm.Guid' /></edm:EntityType>`;
    expect(model(otherwise)).toEqual(model(entity));
  });

  test.each([
    ['a type', entity.replace('Edm.String', 'Edm.Int64')],
    ['a name', entity.replace('Name="N"', 'Name="M"')],
    ['whether it may be null', entity.replace(' Nullable="false"', '')],
    ['a member less', entity.replace(/<Property Name="N"[^>]*>/, '')],
    ['how precise it is', entity.replace('Edm.String"', 'Edm.String" Precision="3"')],
    ['another owner', entity.replace('Name="P"', 'Name="Q"')],
    ['the same twice', entity + entity],
  ])('%s makes a difference', (_what, changed) => {
    expect(model(changed)).not.toEqual(model(entity));
  });

  test('an element that is not closed has a name', () => {
    expect(unclosedElement(`<a:S>${entity}</a:S>`)).toBeUndefined();
    expect(unclosedElement(`<a:S>${entity}`)).toBe('S');
    expect(unclosedElement(`<a:S>${entity.replace('</EntityType>', '')}</a:S>`)).toBe('S');
  });

  test('the committed models are read', () => {
    expect(serviceModel('auxip')).toContain('Product EntityType with stream');
    expect(new Set(serviceModel('auxip')).size).toBe(serviceModel('auxip').length);
  });
});

describe('coverage', () => {
  test('a part without its cases is missed by name', () => {
    const without = CASE_FOLDERS.map((folder) => ({
      ...folder,
      cases: folder.cases.filter(({ request }) => !request.url.includes('/$value')),
    }));
    expect(() => requireCoverage(without)).toThrow(/auxip GET [^,]*\$value/);
    expect(() => requireCoverage([])).toThrow(/token POST/);
  });

  test('parts stand once, with keys of cases that exist', () => {
    const parts = coverageOf(CASE_FOLDERS);
    const keys = new Set(CASE_FOLDERS.flatMap(({ cases }) => cases.map(({ key }) => key)));
    expect(new Set(parts.map(({ part }) => part)).size).toBe(parts.length);
    expect(parts.flatMap(({ cases }) => cases).filter((key) => !keys.has(key))).toEqual([]);
  });
});
