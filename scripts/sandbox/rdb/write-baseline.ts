import type { AdfRecord } from '../catalogue/catalogue';
import type { Representation } from '../odata/content-negotiation';
import { writeAtom } from '../odata/atom';
import type { BaselineEntry } from './baseline';
import { DATA_BASELINE, RDB_EDM } from './model';

const CONTEXT = '$metadata#Collection(OData.CSC.DataBaseline)';

/** The collection as text, keys in the recorded order (rdb.md#answers, rdb.md#formats-and-methods). `linkOf` gives a file's AuxipLink. */
export function writeBaseline(
  entries: readonly BaselineEntry[],
  representation: Representation,
  linkOf: (adf: AdfRecord) => string,
): string {
  const isFull = representation.metadata === 'full';
  const value = entries.map(({ level0, message, adfs }) => ({
    ...(isFull ? { '@odata.type': '#OData.CSC.DataBaseline', '@odata.id': 'OData.CSC.DataBaseline()' } : {}),
    Level0: level0,
    Message: message,
    ...(isFull ? { 'AuxDataFiles@odata.type': '#Collection(OData.CSC.Product)' } : {}),
    AuxDataFiles: adfs.map((adf) => ({
      ...(isFull ? { '@odata.type': '#OData.CSC.Product' } : {}),
      Name: adf.name,
      AuxipLink: linkOf(adf),
    })),
  }));
  const json = representation.metadata === 'none' ? { value } : { '@odata.context': CONTEXT, value };
  return representation.form === 'json' ? JSON.stringify(json) : writeAtom(json, { edm: RDB_EDM, type: DATA_BASELINE });
}
