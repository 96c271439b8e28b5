/** The files of a campaign as spans, and the steps of each: grant, transfer, verify, publish, unpack. */
import type { Destination, Part } from '../download/destination';
import { errorOf, type DownloadOptions } from '../download/download-all';
import { toError } from '../errors/errors';
import { withinSpan, type Span } from '../session/telemetry/telemetry';

/** Runs `work` within a child of `parent` that ends with it. */
export function traced<Result>(parent: Span, name: string, work: (span: Span) => Promise<Result>): Promise<Result> {
  return withinSpan(parent.child(name), work);
}

/** Each file a child of the campaign. Undefined where nobody asked for spans. */
export function tracedFiles(campaign: Span): DownloadOptions['watch'] {
  if (campaign.reference === undefined) return undefined;
  return ({ id, name, bytes }, { source, destination }) => {
    const span = campaign.child('auxflow.file', {
      ...{ 'auxflow.file.name': name, 'auxflow.file.id': id, 'auxflow.file.bytes': bytes },
    });
    return {
      source: {
        catalogueEntry: (...words) => source.catalogueEntry(...words),
        productLocation: (...words) => traced(span, 'auxflow.grant', () => source.productLocation(...words)),
      },
      destination: tracedDestination(destination, span),
      ended(outcome) {
        span.set({ 'auxflow.file.status': outcome.status });
        span.end(errorOf(outcome));
      },
    };
  };
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
