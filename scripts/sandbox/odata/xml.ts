/** Text for an XML element; characters that XML cannot carry become question marks. */
export function escapeText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Text for an XML attribute. */
export function escapeXml(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
