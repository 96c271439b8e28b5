import { ReprocessingError } from './reprocessing-error';

/** `default`: nothing was asked for. */
export type Form = 'default' | 'json' | 'xml' | 'hangs';

/** What Accept and $format ask for; a range without a slash leaves the service without an answer. */
export function formOf(accept: string | undefined, format: string | undefined): Form {
  if (format !== undefined) return /xml|atom/i.test(format) ? 'xml' : 'json';
  if (accept === undefined || accept.trim() === '') return 'default';
  const ranges = accept.split(',').map((item) => {
    const [range = '', ...parameters] = item.trim().toLowerCase().split(';');
    const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
    return { range: range.trim(), quality: quality === undefined ? 1 : Number(quality.trim().slice(2)) };
  });
  if (ranges.some(({ range }) => !range.includes('/'))) return 'hangs';
  const best = [...ranges].sort((a, b) => b.quality - a.quality).find(({ range }) => FORMS.has(range));
  const form = FORMS.get(best?.range ?? '');
  if (form === undefined) throw new ReprocessingError(1700, 'Unsupported media type');
  return form;
}

const FORMS = new Map<string, Form>([
  ['*/*', 'default'],
  ['application/*', 'default'],
  ['application/json', 'json'],
  ['application/xml', 'xml'],
  ['application/atom+xml', 'xml'],
]);
