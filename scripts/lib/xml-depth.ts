/**
 * The deepest nesting of elements in a text of XML, in linear time: parsers of CSDL recurse, and one took twenty minutes for 300 000
 * levels. Comments, declarations and CDATA sections do not count; a text that ends within a tag is looked at until there.
 */
export function xmlDepth(xml: string): number {
  let [depth, deepest] = [0, 0];
  for (let from = xml.indexOf('<'); from >= 0;) {
    const isElement = !'!?'.includes(xml.charAt(from + 1));
    const end = isElement ? endOfTag(xml, from) : xml.indexOf(closingOf(xml, from), from);
    if (end < 0) return deepest;
    if (isElement && xml.charAt(from + 1) === '/') depth--;
    else if (isElement) {
      deepest = Math.max(deepest, depth + 1);
      if (xml.charAt(end - 1) !== '/') depth++;
    }
    from = xml.indexOf('<', end);
  }
  return deepest;
}

/** Place of the `>` that ends a tag: one within quotes does not. -1: none does. */
function endOfTag(xml: string, from: number): number {
  for (let at = from; ;) {
    QUOTE_OR_END.lastIndex = at;
    const found = QUOTE_OR_END.exec(xml);
    if (!found || found[0] === '>') return found ? found.index : -1;
    const closing = xml.indexOf(found[0], found.index + 1);
    if (closing < 0) return -1;
    at = closing + 1;
  }
}

const QUOTE_OR_END = /["'>]/g;

function closingOf(xml: string, from: number): string {
  if (xml.startsWith('<!--', from)) return '-->';
  if (xml.startsWith('<?', from)) return '?>';
  return xml.startsWith('<![CDATA[', from) ? ']]>' : '>';
}
