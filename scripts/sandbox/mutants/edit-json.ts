import type { Reply } from '../http/reply';
import type { WireRequest } from '../http/request';
import type { Fields } from '../odata/write-value';
import type { Faults } from '../scenarios/faults';

/** Changes the answers to requests whose path matches, as the services give them: behind the gateway. */
export function afterService(path: RegExp, change: (reply: Reply, request: WireRequest) => Reply): Faults {
  return {
    aroundService: async (request, answer) => {
      const reply = await answer(request);
      return path.test(request.path) ? change(reply, request) : reply;
    },
  };
}

/** The JSON object of an answer, changed; answers of another form stay. */
export function editJson(reply: Reply, edit: (json: Fields) => Fields): Reply {
  const isJson = String(reply.headers['Content-Type']).includes('json');
  if (typeof reply.body !== 'string' || !isJson) return reply;
  return { ...reply, body: JSON.stringify(edit(JSON.parse(reply.body) as Fields)) };
}

/** The objects of a collection, or the one object that the answer is; errors stay. */
export function editRows(reply: Reply, edit: (row: Fields) => Fields): Reply {
  if (reply.status !== 200) return reply;
  return editJson(reply, (json) => {
    const { value } = json;
    return Array.isArray(value) ? { ...json, value: (value as readonly Fields[]).map(edit) } : edit(json);
  });
}

/** `Products` and `Products(<id>)`, whole. */
export const PRODUCTS = /\/Products(?:(?:\(|%28)[^/]*)?$/i;
export const BASELINE = /\/getReprocessingDataBaseline(?:\(|%28)/;

/** Every product that auxip.svc shows. */
export function editProducts(edit: (product: Fields) => Fields): Faults {
  return afterService(PRODUCTS, (reply) => editRows(reply, edit));
}

/** Every entry of a baseline. */
export function editEntries(edit: (entry: Fields) => Fields): Faults {
  return afterService(BASELINE, (reply) => editRows(reply, edit));
}

/** Every file of a baseline. */
export function editFiles(edit: (file: Fields) => Fields): Faults {
  return editEntries((entry) => ({ ...entry, AuxDataFiles: rowsOf(entry, 'AuxDataFiles').map(edit) }));
}

export function rowsOf(fields: Fields, name: string): readonly Fields[] {
  return (fields[name] ?? []) as readonly Fields[];
}

export function without(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

/** The property under another name, at its place. */
export function renamed(fields: Fields, name: string, other: string): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key === name ? other : key, value]));
}

/** The property with another value; left out where it is not shown. */
export function changed(fields: Fields, name: string, change: (value: unknown) => unknown): Fields {
  return name in fields ? { ...fields, [name]: change(fields[name]) } : fields;
}
