import type { AdfRecord } from '../catalogue/catalogue';
import type { Representation } from '../odata/content-negotiation';
import { escapeXml } from '../odata/xml';
import type { BaselineEntry } from './baseline';

const CONTEXT = '$metadata#Collection(OData.CSC.DataBaseline)';

/** The collection as text, keys in the recorded order (rdb.md §2.1, §1.4). `linkOf` gives a file's AuxipLink. */
export function writeBaseline(
  entries: readonly BaselineEntry[],
  representation: Representation,
  linkOf: (adf: AdfRecord) => string,
): string {
  if (representation.form !== 'json') return writeAtom(entries, linkOf);
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
  return JSON.stringify(representation.metadata === 'none' ? { value } : { '@odata.context': CONTEXT, value });
}

function writeAtom(entries: readonly BaselineEntry[], linkOf: (adf: AdfRecord) => string): string {
  const feed = entries.map(({ level0, message, adfs }) => {
    const files = adfs.map((adf) => {
      const name = `<d:Name>${escapeXml(adf.name)}</d:Name>`;
      return `<m:element m:type="#OData.CSC.Product">${name}<d:AuxipLink>${escapeXml(linkOf(adf))}</d:AuxipLink></m:element>`;
    });
    const properties = `<d:Level0>${escapeXml(level0)}</d:Level0><d:Message>${escapeXml(message)}</d:Message><d:AuxDataFiles m:type="#Collection(OData.CSC.Product)">${files.join('')}</d:AuxDataFiles>`;
    return `<a:entry><a:category scheme="http://docs.oasis-open.org/odata/ns/scheme" term="#OData.CSC.DataBaseline"/><a:content type="application/xml"><m:properties>${properties}</m:properties></a:content></a:entry>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:m="http://docs.oasis-open.org/odata/ns/metadata" xmlns:d="http://docs.oasis-open.org/odata/ns/data" m:context="${CONTEXT}">${feed.join('')}</a:feed>`;
}
