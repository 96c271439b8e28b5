import { expect, test } from 'vitest';
import { xmlDepth } from '../../scripts/lib/xml-depth';

test.each([
  ['nothing', '', 0],
  ['one element', '<a/>', 1],
  ['siblings', '<a><b></b><c/><d x="1"></d></a>', 2],
  ['prologue and comments', '<?xml version="1.0"?><!-- <x><y><z> --><a><![CDATA[<b><c><d>]]></a>', 1],
  ['300 000 levels', '<a>'.repeat(300_000), 300_000],
  ['ends of tags within quotes', `<a x="/>"><b x='/>'><c x="'>"/></b></a>`, 3],
  ['instructions', '<?x <a><b> ?><a/>', 1],
  ['a tag that does not end', `<a><b ${'<b '.repeat(100_000)}`, 1],
])('%s', (_name, xml, depth) => {
  expect(xmlDepth(xml)).toBe(depth);
});
