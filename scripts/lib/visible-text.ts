/**
 * What cannot be seen but acts: control characters (a terminal obeys ESC, OSC and BEL; XML forbids most of them), marks that turn the
 * direction of writing, zero-width characters, line and paragraph separators, lone surrogates and noncharacters.
 */
const INVISIBLE = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/**
 * The text with every such character replaced by something that is seen, so that nothing from a service can move a cursor, colour a
 * line or turn a name around. Tabs and line ends stay; CRLF is one line end.
 */
export function visibleText(text: string): string {
  // Nearly every text is plain ASCII.
  if (!/[^\t\n\x20-\x7e]/.test(text)) return text;
  return text.replaceAll('\r\n', '\n').replace(INVISIBLE, visible);
}

/** Of one line, that may stand anywhere as it is: in a lock, a list, a terminal. At most 500 characters. */
export function isPlainText(text: string): boolean {
  return PLAIN_TEXT.test(text);
}

const PLAIN_TEXT = /^[^\p{C}\u2028\u2029]{0,500}$/u;

/** The picture of a control character (U+2400 …), or the replacement character. */
function visible(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
}
