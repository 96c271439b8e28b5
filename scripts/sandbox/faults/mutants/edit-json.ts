import type { Reply } from '../../http/reply';
import type { Fields } from '../../odata/write-value';
import type { Faults } from '../scenarios/faults';
import { afterService } from './around';

/** `Products` and `Products(<id>)`, whole. */
export const PRODUCTS = /\/Products(?:(?:\(|%28)[^/]*)?$/i;
/** `Products(<id>)`, whole. */
export const ONE_PRODUCT = /\/Products(?:\(|%28)[^/]*$/i;
export const BASELINE = /\/getReprocessingDataBaseline(?:\(|%28)/;

/** The JSON object of an answer, changed; answers of another form stay. */
export function editJson(reply: Reply, edit: (json: Fields) => Fields): Reply {
  const isJson = String(reply.headers['Content-Type']).includes('json');
  if (typeof reply.body !== 'string' || !isJson) return reply;
  return { ...reply, body: JSON.stringify(edit(JSON.parse(reply.body) as Fields)) };
}

/** As `editJson`, but errors stay. */
export function editData(reply: Reply, edit: (json: Fields) => Fields): Reply {
  return reply.status === 200 ? editJson(reply, edit) : reply;
}

/** The objects of a collection, or the one object that the answer is; errors stay. */
export function editRows(reply: Reply, edit: (row: Fields) => Fields): Reply {
  return editData(reply, (json) =>
    isCollection(json) ? { ...json, value: rowsOf(json, 'value').map(edit) } : edit(json),
  );
}

/** Every product that auxip.svc shows. */
export function editProducts(edit: (product: Fields) => Fields): Faults {
  return afterService(PRODUCTS, (reply) => editRows(reply, edit));
}

/** The checksum of every product that auxip.svc shows. */
export function editChecksums(edit: (checksum: Fields) => Fields): Faults {
  return editProducts((product) =>
    'Checksum' in product ? { ...product, Checksum: rowsOf(product, 'Checksum').map(edit) } : product,
  );
}

/** The attributes of every product that comes with them. */
export function editAttributes(edit: (attributes: readonly Fields[]) => unknown): Faults {
  return editProducts((product) =>
    'Attributes' in product ? { ...product, Attributes: edit(rowsOf(product, 'Attributes')) } : product,
  );
}

/** Every entry of a baseline. */
export function editEntries(edit: (entry: Fields) => Fields): Faults {
  return afterService(BASELINE, (reply) => editRows(reply, edit));
}

/** All entries of a baseline. */
export function editBaseline(edit: (entries: readonly Fields[]) => unknown): Faults {
  return afterService(BASELINE, (reply) =>
    editData(reply, (json) => ({ ...json, value: edit(rowsOf(json, 'value')) })),
  );
}

/** The files of every entry of a baseline. */
export function editFiles(edit: (files: readonly Fields[]) => readonly Fields[]): Faults {
  return editEntries((entry) => ({ ...entry, AuxDataFiles: edit(rowsOf(entry, 'AuxDataFiles')) }));
}

export function isCollection({ value }: Fields): boolean {
  return Array.isArray(value);
}

export function rowsOf(fields: Fields, name: string): readonly Fields[] {
  return (fields[name] ?? []) as readonly Fields[];
}

/** 200 with a list of no rows. */
export function isEmptyPage({ status, body }: Reply): boolean {
  if (status !== 200 || typeof body !== 'string' || !body.startsWith('{')) return false;
  const json = JSON.parse(body) as Fields;
  return isCollection(json) && rowsOf(json, 'value').length === 0;
}

export function without(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** The property under another name, at its place. */
export function renamed(fields: Fields, name: string, another: string): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key === name ? another : key, value]));
}

/** The property with another value; left out where it is not shown. */
export function changed(fields: Fields, name: string, change: (value: unknown) => unknown): Fields {
  return name in fields ? { ...fields, [name]: change(fields[name]) } : fields;
}

export function changedText(fields: Fields, name: string, change: (text: string) => string): Fields {
  return changed(fields, name, (value) => (typeof value === 'string' ? change(value) : value));
}
