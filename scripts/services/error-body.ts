import { readJson, isRecord } from '../lib/read-json';

/**
 * The body of a failed answer, recognised by its first character and keys: a Content-Type may be wrong or doubled (access.md#proxies-and-limits).
 * OData JSON (rdb.md#error-bodies, auxip.md#errors), the token endpoint's JSON (access.md#token-errors), the gateway's JSON (access.md#gateway),
 * HTML of proxies and Tomcat, XML of the object store (auxip.md#store).
 */
export type ErrorBody =
  | { form: 'odata'; code: string | null; message: string }
  | { form: 'token'; error: string; message: string }
  | { form: 'gateway'; message: string }
  | { form: 'html'; message: string }
  | { form: 'xml'; code: string; message: string }
  | { form: 'text'; message: string }
  | { form: 'empty'; message: '' };

const MAX_MESSAGE_CHARACTERS = 200;
/** Where a title or message is looked for; what a service puts behind that helps nobody. */
const MAX_SEARCHED_CHARACTERS = 64 * 1024;

export function parseErrorBody(body: string): ErrorBody {
  const text = body.slice(0, MAX_SEARCHED_CHARACTERS).trim();
  if (text === '') return { form: 'empty', message: '' };
  if (text.startsWith('{')) return parseJson(text) ?? { form: 'text', message: shorten(text) };
  if (/^<(\?xml|Error\b|error\b)/.test(text)) return parseXml(text);
  if (text.startsWith('<'))
    return { form: 'html', message: shorten(elementText(text, 'title') || elementText(text, 'h1')) };
  return { form: 'text', message: shorten(text) };
}

function parseJson(text: string): ErrorBody | undefined {
  const body = parsedObject(text);
  if (isRecord(body.error)) {
    return {
      form: 'odata',
      code: shortOrNull(body.error.code),
      message: shorten(textOrNull(body.error.message) ?? ''),
    };
  }
  if (typeof body.error === 'string') {
    return { form: 'token', error: shorten(body.error), message: shorten(textOrNull(body.error_description) ?? '') };
  }
  if (typeof body.message === 'string') return { form: 'gateway', message: shorten(body.message) };
  return undefined;
}

function parsedObject(text: string): Record<string, unknown> {
  const read = readJson(text);
  return 'value' in read && isRecord(read.value) ? read.value : {};
}

function parseXml(text: string): ErrorBody {
  return {
    form: 'xml',
    code: shorten(elementText(text, 'code')),
    message: shorten(elementText(text, 'message')),
  };
}

/** Of the first such element. By places rather than with one pattern, whose time would grow with the square of the length. */
function elementText(markup: string, element: string): string {
  const start = markup.search(new RegExp(`<${element}[\\s>]`, 'i'));
  const open = start < 0 ? -1 : markup.indexOf('>', start);
  if (open < 0) return '';
  const end = markup.indexOf('<', open);
  return markup.slice(open + 1, end < 0 ? undefined : end).trim();
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function shortOrNull(value: unknown): string | null {
  return typeof value === 'string' ? shorten(value) : null;
}

/** The ellipsis tells a redactor that what it knows may go on there. */
function shorten(text: string): string {
  return text.length > MAX_MESSAGE_CHARACTERS ? `${text.slice(0, MAX_MESSAGE_CHARACTERS)}…` : text;
}
