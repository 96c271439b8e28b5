import type { Delivery, Reply } from '../../http/reply';
import { objectReply, storeError } from '../../store/store';
import { firstKeys, firstTimes } from './counting';
import type { StoreCall } from './faults';
import type { Scenario } from './scenario';

/** What goes wrong between the store and a client. */
export const STORE_SCENARIOS: readonly Scenario[] = [
  delivery(
    'truncated-body',
    'the connection closes after N bytes (half of them) of a file',
    half((endAfter) => ({ endAfter })),
  ),
  delivery(
    'reset-stream',
    'the connection is reset after N bytes (half of them) of a file',
    half((resetAfter) => ({ resetAfter })),
  ),
  delivery(
    'stalled-stream',
    'nothing more comes after N bytes (half of them) of a file',
    half((stallAfter) => ({ stallAfter })),
  ),
  delivery(
    'flipped-byte',
    'the byte at offset N (the middle one) of a file is wrong',
    half((flipAt) => ({ flipAt })),
  ),
  delivery('slow-stream', 'a file comes at N bytes per second (100 000)', (_size, rate = 100_000) => ({ rate })),
  delivery('slow-store', 'the first byte of a file comes after N milliseconds (65 000)', (_size, delayMs = 65_000) => ({
    delayMs,
  })),
  refusal('store-slow-down', '503 SlowDown from the store', () =>
    storeError(503, 'SlowDown', 'Please reduce your request rate.'),
  ),
  refusal('store-500', '500 InternalError from the store', () =>
    storeError(500, 'InternalError', 'We encountered an internal error. Please try again.'),
  ),
  refusal('presigned-refused', '403 from the store, as for a presigned URL that expired in the queue', () =>
    storeError(403, 'AccessDenied', 'Request has expired'),
  ),
  refusal('error-body-200', 'an XML error with status 200 instead of a file', () => ({
    ...storeError(500, 'InternalError', 'We encountered an internal error. Please try again.'),
    status: 200,
  })),
  {
    name: 'lost-object',
    effect: 'the first file asked for is gone from the store for good, although the catalogue lists it',
    create: ({ times }) => {
      const isLost = firstKeys(times);
      const gone = () => storeError(404, 'NoSuchKey', 'The specified key does not exist.');
      return { store: ({ object }) => (isLost(object.id) ? gone() : undefined) };
    },
  },
  {
    name: 'single-use-url',
    effect: 'a presigned URL works once; the next use of it is refused as expired, also to resume',
    create: () => {
      const isUnused = firstTimes(1);
      const expired = () => storeError(403, 'AccessDenied', 'Request has expired');
      return { store: ({ request }) => (isUnused(request.query ?? '') ? undefined : expired()) };
    },
  },
  {
    name: 'ignored-range',
    effect: 'the store answers a Range with 200 and the whole file',
    create: () => ({
      store: ({ request, object }) =>
        objectReply({ ...request, headers: { ...request.headers, range: undefined } }, object),
    }),
  },
];

function delivery(
  name: string,
  effect: string,
  deliveryOf: (bytes: number, magnitude: number | undefined) => Delivery,
): Scenario {
  return {
    name,
    effect: `${effect}, on its first transfer`,
    create: ({ magnitude, times }) => {
      const strikes = firstTimes(times);
      return {
        storeReply: ({ object }, reply) =>
          strikes(object.id) ? { ...reply, delivery: deliveryOf(bodyBytes(reply), magnitude) } : reply,
      };
    },
  };
}

function half(deliveryAt: (offset: number) => Delivery): (bytes: number, magnitude: number | undefined) => Delivery {
  return (bytes, magnitude) => deliveryAt(Math.min(magnitude ?? Math.floor(bytes / 2), Math.max(0, bytes - 1)));
}

function bodyBytes(reply: Reply): number {
  return Number(reply.headers['Content-Length'] ?? 0);
}

function refusal(name: string, effect: string, reply: () => Reply): Scenario {
  return {
    name,
    effect: `${effect}, on the first request for each file`,
    create: ({ times }) => {
      const strikes = firstTimes(times);
      return { store: ({ object }: StoreCall) => (strikes(object.id) ? reply() : undefined) };
    },
  };
}
