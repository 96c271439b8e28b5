import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseStrictly, schemaOf, type CsdlDocument, type CsdlElement } from '../../lib/csdl';
import { ROOT } from '../../lib/package-root';
import type { ServiceName } from '../services';

/** `$metadata` of a service, byte for byte as it was recorded. */
export function csdlXml(service: ServiceName): string {
  return readFile(`${service}.svc.xml`);
}

/** `$metadata` of a service as recorded, parsed strictly (an unknown element or attribute throws). */
export function readCsdl(service: ServiceName): CsdlDocument {
  return parseStrictly(csdlXml(service));
}

/** All that a service offers: its `$metadata`, and the operations that it answers without declaring them there. */
export function readContract(service: ServiceName): CsdlDocument {
  const declared = readCsdl(service);
  if (service !== 'reprocessing') return declared;
  const undeclared = parseStrictly(readFile('reprocessing.svc.undeclared.xml'));
  const { namespace, elements } = schemaOf(declared);
  const more = schemaOf(undeclared).elements;
  const Container = { ...(elements.Container as CsdlElement), ...(more.Container as CsdlElement) };
  return { ...declared, [namespace]: { ...elements, ...more, Container } };
}

function readFile(name: string): string {
  return readFileSync(path.join(ROOT, 'schemas', 'csdl', name), 'utf8');
}
