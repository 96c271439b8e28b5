import { visibleText } from '../../lib/visible-text';

/** Markup that may be written as it is. Everything else is escaped by the tag `html`: nothing can be forgotten. */
export interface Html {
  readonly html: string;
}

type Value = Html | string | number | readonly Value[] | undefined;

/** Writes markup (HTML, SVG or XML): values are escaped, markup is kept, lists are joined, `undefined` is left out. */
export function html(markup: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { html: markup.reduce((text, part, index) => text + write(values[index - 1]) + part) };
}

/** Markup from a constant of ours, such as a stylesheet. Never for anything that came from outside. */
export function trusted(markup: string): Html {
  return { html: markup };
}

function write(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map(write).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
