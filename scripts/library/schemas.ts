/** The JSON Schemas (draft-07) of the services' answers; the files are exported as `auxflow/schemas/json/<name>.schema.json`. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../lib/package-root';

export { breachesOf, problemsOf, schemaOf, type Breach } from '../services/schema/validators';
export type { JsonSchema } from '../services/schema/json-schema';

const ENDING = '.schema.json';

/** `auxip.product`, `rdb.baseline`, … */
export function schemaNames(): string[] {
  const files = readdirSync(path.join(ROOT, 'schemas', 'json')).filter((file) => file.endsWith(ENDING));
  return files.map((file) => file.slice(0, -ENDING.length)).sort();
}
