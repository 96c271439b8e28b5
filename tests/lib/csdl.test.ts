import { expect, test, vi } from 'vitest';
import { parseCsdl } from '../../scripts/lib/csdl';

const document = (members: string): string =>
  `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="N">${members}<EntityContainer Name="C"/></Schema>
</edmx:DataServices></edmx:Edmx>`;

test.each([
  ['deeper than a parser that recurses bears', document('<a b="/>">'.repeat(30_000)), /nested deeper than 50 levels/],
  ['longer than any metadata', document('<a/>'.repeat(200_000)), /longer than 524288 characters/],
])('metadata that is %s is refused before it is parsed', (_what, xml, reason) => {
  expect(() => parseCsdl(xml)).toThrow(reason);
});

test('names that are not understood are not written to the terminal', () => {
  const assert = vi.spyOn(console, 'assert').mockImplementation(() => undefined);
  expect(parseCsdl(document('<Annotation Term="&#x9b;31m" String="x"/>')).$EntityContainer).toBe('N.C');
  expect(assert).not.toHaveBeenCalled();
  assert.mockRestore();
});
