import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../lib/package-root';
import type { ServiceName } from '../services/services';
import { modelLines } from './model-lines';

/** What `$metadata` of a service declares, as committed in schemas/csdl. */
export function serviceModel(service: ServiceName): readonly string[] {
  return modelLines(readFileSync(path.join(ROOT, 'schemas', 'csdl', `${service}.svc.xml`), 'utf8'));
}
