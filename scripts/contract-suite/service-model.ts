import { csdlXml } from '../services/schema/csdl';
import type { ServiceName } from '../services/services';
import { modelLines } from './model-lines';

/** What `$metadata` of a service declares, as committed in schemas/csdl. */
export function serviceModel(service: ServiceName): readonly string[] {
  return modelLines(csdlXml(service));
}
