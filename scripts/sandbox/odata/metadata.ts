import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '..', '..', 'schemas', 'csdl');

/** A service's `$metadata` as XML: the document that the project's schemas come from. */
export function metadataXml(service: 'rdb' | 'auxip' | 'reprocessing'): string {
  return readFileSync(join(FOLDER, `${service}.svc.xml`), 'utf8');
}
