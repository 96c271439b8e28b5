/** The steps of one file as spans: grant, transfer, verify, publish, unpack. */
import type { Destination, Part } from '../../download/destination';
import { toError } from '../../errors/errors';
import { withinSpan, type Span } from '../../session/telemetry/telemetry';
import type { WantedLocation } from '../accounts/pooled-locations';

/** Runs `work` within a child of `parent` that ends with it. */
export function traced<Result>(parent: Span, name: string, work: (span: Span) => Promise<Result>): Promise<Result> {
  return withinSpan(parent.child(name), work);
}

type Locate = (wanted: WantedLocation) => Promise<string>;

/** The location itself is a credential, and no attribute. @param nameOf of an account by its digest */
export function tracedLocate(locate: Locate, parent: Span, nameOf: (digest: string) => string): Locate {
  return (wanted) =>
    traced(parent, 'auxflow.grant', (span) => {
      span.set({ 'auxflow.grant.again': wanted.isAgain });
      const onGrant = (digest: string): void => span.set({ 'auxflow.account': nameOf(digest) });
      return locate({ ...wanted, onGrant });
    });
}

export function tracedDestination(destination: Destination, parent: Span): Destination {
  return {
    isHere: (...words) => destination.isHere(...words),
    async openPart(place, expected) {
      return tracedPart(await destination.openPart(place, expected), parent);
    },
    unpack: (...words) => traced(parent, 'auxflow.unpack', () => destination.unpack(...words)),
  };
}

/** Bytes come between the opening of the sink and its end, once for each answer of the store. */
function tracedPart(part: Part, parent: Span): Part {
  return {
    get bytes() {
      return part.bytes;
    },
    checksum: (signal) => traced(parent, 'auxflow.verify', () => part.checksum(signal)),
    sink(limit, onBytes) {
      const span = parent.child('auxflow.transfer', { 'auxflow.transfer.from': part.bytes });
      let received = 0;
      const sink = part.sink(limit, (added) => {
        received += added;
        onBytes(added);
      });
      sink.once('close', () => {
        span.set({ 'auxflow.transfer.bytes': received });
        span.end(sink.errored ? toError(sink.errored) : undefined);
      });
      return sink;
    },
    clear: () => part.clear(),
    publish: () => traced(parent, 'auxflow.publish', () => part.publish()),
    leave: () => part.leave(),
    remove: () => part.remove(),
    close: () => part.close(),
  };
}
