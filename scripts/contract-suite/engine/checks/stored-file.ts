import type { StoreCheck } from '../../checks';
import type { Answer } from '../answer';
import { difference, finding, shown, type Finding } from '../finding';
import type { Scope } from '../scope';

const FILE = 'store_file';
/** Larger files are not kept between requests: every script copies all variables. */
const MAX_KEPT = 100_000;

export function wholeFile(
  { length, md5 }: StoreCheck & { readonly is: 'file' },
  { bytes, header }: Answer,
  scope: Scope,
): Finding[] {
  if (bytes.length <= MAX_KEPT) scope.remember(FILE, JSON.stringify(hex(bytes)));
  return [
    finding('The file is as long as the catalogue says', () => difference(Number(scope.text(length)), bytes.length)),
    finding('Content-Length says so too', () => difference(String(bytes.length), header('Content-Length'))),
    finding('Its MD5 is that of the catalogue', () =>
      difference(scope.text(md5).toLowerCase(), CryptoJS.MD5(CryptoJS.lib.WordArray.create(bytes)).toString()),
    ),
    finding('It is not encoded', () => difference(undefined, header('Content-Encoding'))),
  ];
}

export function fileRange(
  { from, to }: StoreCheck & { readonly is: 'file-range' },
  { bytes, header }: Answer,
  scope: Scope,
): Finding[] {
  const whole = scope.recall(FILE);
  if (typeof whole !== 'string')
    return [{ promise: 'The whole file came before', problem: 'it is missing or too large' }];
  const size = whole.length / 2;
  const first = from < 0 ? size + from : from;
  const end = Math.min(to ?? size, size);
  return [
    finding('Exactly these bytes of the file came', () => {
      const expected = whole.slice(first * 2, end * 2);
      const came = hex(bytes);
      return came === expected ? undefined : `${bytes.length} bytes, not the ${end - first} from ${first} on`;
    }),
    finding('Content-Range says which', () => difference(`bytes ${first}-${end - 1}/${size}`, header('Content-Range'))),
    finding('Content-Length says how many', () => difference(String(end - first), header('Content-Length'))),
  ];
}

/** A file that was cut, or to which something was added, ends elsewhere than its entry says. */
export function lastByte(
  { length }: StoreCheck & { readonly is: 'last-byte' },
  { bytes, header }: Answer,
  scope: Scope,
): Finding[] {
  const size = Number(scope.text(length));
  return [
    finding('One byte came', () => difference(1, bytes.length)),
    finding('Content-Range says that it is the last one, of as many as the catalogue says', () =>
      difference(`bytes ${size - 1}-${size - 1}/${size}`, header('Content-Range')),
    ),
  ];
}

export function storeError({ code }: StoreCheck & { readonly is: 'store-error' }, { text }: Answer): Finding {
  return finding(`An XML error with the code ${code.join(' or ')}`, () => {
    const found = /<Error>[^]*<Code>([^<]*)<\/Code>/.exec(text)?.[1];
    return found !== undefined && code.includes(found) ? undefined : `got ${shown(text)}`;
  });
}

/** As a JSON text, which is what variables hold. */
function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
