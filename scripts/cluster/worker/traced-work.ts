/** The grant of a worker's file as a span; the other steps are those of any campaign (campaign/traced-files.ts). */
import { traced } from '../../campaign/traced-files';
import type { Span } from '../../session/telemetry/telemetry';
import type { WantedLocation } from '../accounts/pooled-locations';

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
