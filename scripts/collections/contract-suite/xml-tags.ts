const TAG = /<[^?!][^>]*>/g;
const ATTRIBUTE = /([\w:]+)\s*=\s*["']([^"']*)["']/g;

/** Tags in the order of the document, each with its attributes in alphabetical order: indentation and quoting do not count. */
export function tagsOf(xml: string): readonly string[] {
  return (xml.match(TAG) ?? []).flatMap((tag) => {
    const attributes = [...tag.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => `${name}="${value}"`).sort();
    const name = /^<([/\w:]+)/.exec(tag)?.[1] ?? '';
    const element = [name, ...attributes].join(' ');
    return tag.endsWith('/>') ? [element, `/${name}`] : [element];
  });
}
