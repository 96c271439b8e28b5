import { isBusy } from '../services/classify-response';

/** What the store's answer means for a transfer, decided before a byte of it is kept (auxip.md#store). Pure. */
export type Verdict =
  | 'whole' // the object from its first byte
  | 'packed' // the same, in a content coding that nobody asked for
  | 'rest' // from where the part ends, or from before it: see `bytesToSkip`
  | 'size-wrong' // a file of another size than the catalogue says
  | 'error-page' // 200, but HTML or XML of another size
  | 'expired' // the URL is dead; another must be asked for
  | 'redirected' // elsewhere, where nobody goes by itself
  | 'lost' // catalogued, but not in the store
  | 'range-refused' // the part is longer than the object
  | 'restart' // a range that cannot be joined to the part
  | 'empty' // a success without the file
  | 'busy'
  | 'unexpected';

export interface StoreHead {
  status: number;
  contentLength?: string;
  contentRange?: string;
  contentType?: string;
  contentEncoding?: string;
}

export interface Wanted {
  /** First byte asked for; 0: no range was asked for. */
  firstByte: number;
  /** Bytes of the whole file, by the catalogue. */
  size: number;
}

export function judgeStoreAnswer(head: StoreHead, wanted: Wanted): Verdict {
  const { status } = head;
  if (status === 200) return judgeWhole(head, wanted);
  if (status === 206) return judgeRest(head, wanted);
  if (status > 200 && status < 300) return 'empty';
  if (status >= 300 && status < 400) return 'redirected';
  if (status === 416 && wanted.firstByte > 0) return 'range-refused';
  if (status === 404 || status === 410) return 'lost';
  if (status === 400 || status === 401 || status === 403) return 'expired';
  return isBusy(status) || status >= 500 ? 'busy' : 'unexpected';
}

/** Bytes at the beginning of a `rest` that the part has already: a store may answer from a boundary before the byte asked for. */
export function bytesToSkip(head: StoreHead, { firstByte }: Wanted): number {
  return firstByte - (rangeOf(head)?.first ?? firstByte);
}

/** Where a part ends that has taken the whole of a `rest`. */
export function endOfRest(head: StoreHead, { size }: Wanted): number {
  return (rangeOf(head)?.last ?? size - 1) + 1;
}

/**
 * A server may ignore Range and send everything (RFC 9110 §14.2). An object may have been stored with a coding that its bytes do not
 * have, or that the file itself has (`.TGZ`): those of the catalogued length are the file, whatever the coding is called.
 */
function judgeWhole(head: StoreHead, { size }: Wanted): Verdict {
  const { contentLength, contentType = '' } = head;
  if (contentLength !== undefined && Number(contentLength) === size) return 'whole';
  if (isPacked(head)) return 'packed';
  if (/html|xml|json|text\/plain/i.test(contentType)) return 'error-page';
  if (contentLength === undefined) return 'whole';
  return Number(contentLength) === 0 ? 'empty' : 'size-wrong';
}

/** A shorter range than asked for is good as well: what is missing is asked for after it (RFC 9110 §15.3.7). */
function judgeRest(head: StoreHead, { firstByte, size }: Wanted): Verdict {
  const range = rangeOf(head);
  if (range?.total !== undefined && range.total !== size) return 'size-wrong';
  const fits = range !== undefined && range.first <= firstByte && range.last >= firstByte && range.last < size;
  if (fits && !isPacked(head)) return 'rest';
  return firstByte > 0 ? 'restart' : 'empty';
}

interface Range {
  readonly first: number;
  readonly last: number;
  /** Absent where the store does not say it. */
  readonly total?: number;
}

function rangeOf({ contentRange = '' }: StoreHead): Range | undefined {
  const [, first, last, total] = /^bytes[ =]\s*(\d+)-(\d+)\/(\d+|\*)$/i.exec(contentRange.trim()) ?? [];
  if (first === undefined) return undefined;
  return { first: Number(first), last: Number(last), ...(total === '*' ? {} : { total: Number(total) }) };
}

function isPacked({ contentEncoding = '' }: StoreHead): boolean {
  return !/^\s*(?:identity)?\s*$/i.test(contentEncoding);
}
