import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, type ServiceName } from '../../contract/services';
import { tagsOf } from './xml-tags';

/** The `$metadata` committed in schemas/csdl as a list of tags, for comparison with what a service answers. */
export function metadataTags(service: ServiceName): readonly string[] {
  return tagsOf(readFileSync(path.join(ROOT, 'schemas', 'csdl', `${service}.svc.xml`), 'utf8'));
}
