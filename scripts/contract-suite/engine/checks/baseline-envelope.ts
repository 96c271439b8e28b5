import type { Answer } from '../answer';
import { difference, finding, type Finding } from '../finding';

/** Nothing stands beside the list but the context: no count, no next page (rdb.md#answers). */
export function envelope(answer: Answer): Finding {
  return finding('The envelope is as recorded', () => {
    const members = answer.json() as Record<string, unknown>;
    return difference(
      { '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)' },
      { ...members, value: undefined },
    );
  });
}
