/** What the store's answer means for a transfer, decided before a byte of it is kept (auxip.md §4.2). Pure. */
export type Verdict =
  | 'whole' // the object from its first byte
  | 'rest' // from where the part ends
  | 'size-wrong' // a file of another size than the catalogue says
  | 'error-page' // 200, but HTML or XML of another size
  | 'expired' // the URL is dead; another must be asked for
  | 'lost' // catalogued, but not in the store
  | 'range-refused' // the part is longer than the object
  | 'busy'
  | 'unexpected';

export interface StoreHead {
  status: number;
  contentLength?: string;
  contentRange?: string;
  contentType?: string;
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
  if (status === 416 && wanted.firstByte > 0) return 'range-refused';
  if (status === 404) return 'lost';
  if (status === 400 || status === 401 || status === 403) return 'expired';
  if (status === 429 || status >= 500) return 'busy';
  return 'unexpected';
}

/** A server may ignore Range and send everything (RFC 9110 §14.2). */
function judgeWhole({ contentLength, contentType = '' }: StoreHead, { size }: Wanted): Verdict {
  if (contentLength !== undefined && Number(contentLength) === size) return 'whole';
  if (/html|xml/i.test(contentType)) return 'error-page';
  return contentLength === undefined ? 'whole' : 'size-wrong';
}

function judgeRest({ contentRange = '' }: StoreHead, { firstByte, size }: Wanted): Verdict {
  const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(contentRange.trim()) ?? [];
  if (firstByte === 0 || Number(first) !== firstByte) return 'unexpected';
  return total === '*' || Number(total) === size ? 'rest' : 'size-wrong';
}
