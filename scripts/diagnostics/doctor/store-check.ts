import { Failure, type AuxflowError } from '../../errors/errors';
import { bytes } from '../../lib/format';
import type { CatalogueEntry } from '../../services/catalogue-entry';
import { withoutQuery } from '../../lib/without-query';
import type { StoreAnswer, Transport } from '../../services/transport';
import type { Seen } from './diagnosis';

/**
 * Asks for the first byte of a file at its presigned URL, which leaves no trace here (auxip.md#store).
 * @throws Failure NETWORK, SERVICE_BUSY, NOT_FOUND, STATUS_UNEXPECTED, SIZE_WRONG
 */
export async function checkStore(
  transport: Pick<Transport, 'openStore'>,
  location: string,
  entry: CatalogueEntry,
  signal: AbortSignal,
): Promise<Seen> {
  const answer = await transport.openStore({ url: location, firstByte: 0, lastByte: 0, signal });
  // Its end is of no interest, and neither is an error on the way there.
  answer.body.on('error', () => undefined).destroy();
  const size = sizeOf(answer);
  if (size === undefined) throw new Failure(refusal(answer, location, entry.name));
  if (size !== entry.contentLength)
    throw new Failure({ code: 'SIZE_WRONG', name: entry.name, expected: entry.contentLength, came: size });
  const { host } = new URL(location);
  const ranges = answer.status === 206 ? '' : '; it ignores Range, so a transfer begins again from its start';
  return { verdict: 'ok', seen: `${host}: the first byte of a file of ${bytes(size)}${ranges}` };
}

/** Bytes of the whole file; undefined where the answer is none of a file. */
function sizeOf(answer: StoreAnswer): number | undefined {
  const { status } = answer;
  if (status === 206) return numberIn(/^bytes 0-0\/(\d+)$/.exec(answer.header('content-range')?.trim() ?? '')?.[1]);
  if (status !== 200 || /html|xml/i.test(answer.header('content-type') ?? '')) return undefined;
  return numberIn(answer.header('content-length'));
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function refusal(answer: StoreAnswer, location: string, name: string): AuxflowError {
  const { status } = answer;
  const request = { method: 'GET', url: withoutQuery(location) };
  if (status === 404) return { code: 'NOT_FOUND', ...request, what: name };
  if (status === 429 || status >= 500) return { code: 'SERVICE_BUSY', ...request, status, attempts: 1, form: 'xml' };
  const excerpt = answer.header('content-type') ?? '';
  return { code: 'STATUS_UNEXPECTED', ...request, status, expected: '206, one byte of the file', excerpt };
}
