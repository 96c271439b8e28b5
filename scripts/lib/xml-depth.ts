/**
 * The deepest nesting of elements in a text of XML, in linear time: parsers of CSDL recurse, and one took twenty minutes for 300 000
 * levels. Comments, declarations and CDATA sections do not count; a text that ends within a tag is looked at until there.
 */
export function xmlDepth(xml: string): number {
  let [depth, deepest] = [0, 0];
  for (let from = xml.indexOf('<'); from >= 0;) {
    const end = xml.indexOf(closingOf(xml, from), from);
    if (end < 0) return deepest;
    const isElement = !'!?'.includes(xml.charAt(from + 1));
    if (isElement && xml.charAt(from + 1) === '/') depth--;
    else if (isElement) {
      deepest = Math.max(deepest, depth + 1);
      if (xml.charAt(end - 1) !== '/') depth++;
    }
    from = xml.indexOf('<', end);
  }
  return deepest;
}

function closingOf(xml: string, from: number): string {
  if (xml.startsWith('<!--', from)) return '-->';
  return xml.startsWith('<![CDATA[', from) ? ']]>' : '>';
}
