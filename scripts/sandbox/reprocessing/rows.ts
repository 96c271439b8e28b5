import type { AdfType } from '../../sentinel/adf-types';
import type { AdfRecord, Catalogue } from '../catalogue/catalogue';
import type { Fields } from '../odata/write-value';
import { javaTimeText } from './java-time';

/** A file as sent on the wire, keys in the recorded order; `expanded` puts its type in (reprocessing.md#entities). */
export function auxFileFields(adf: AdfRecord, expanded: boolean): Fields {
  const [start, stop] = [javaTimeText(adf.start), javaTimeText(adf.stop)];
  return {
    '@odata.id': `AuxFiles(${adf.id})`,
    Id: adf.id,
    ...(expanded ? { AuxType: expandedType(adf.type) } : {}),
    FullName: adf.name,
    Baseline: '',
    IpfVersion: null,
    ValidityStart: start,
    ValidityStop: stop,
    SensingTimeApplicationStart: start,
    SensingTimeApplicationStop: stop,
    CreationDate: javaTimeText(adf.creation),
    Band: bandOf(adf.name),
    Unit: unitOf(adf.name),
  };
}

/** A type inside a file: it says what it is, and not where. */
function expandedType(type: AdfType): Fields {
  return { '@odata.type': '#OData.RBA.AuxType', ...auxTypeFields(type, []), '@odata.id': undefined };
}

/** A type as sent on the wire, with those of its lists that are expanded. */
export function auxTypeFields(type: AdfType, expand: readonly string[]): Fields {
  const isExpanded = (name: string) => expand.includes(name) || expand.includes('*');
  return {
    '@odata.id': `AuxTypes('${type.longName}')`,
    LongName: type.longName,
    ShortName: type.shortName,
    Format: type.format,
    Mission: type.mission,
    ...(isExpanded('ProductLevels')
      ? { ProductLevels: levelsOf([type]).map((Level) => ({ '@odata.type': '#OData.RBA.ProductLevel', Level })) }
      : {}),
    ...(isExpanded('ProductTypes')
      ? { ProductTypes: type.productTypes.map((Type) => ({ '@odata.type': '#OData.RBA.ProductType', Type })) }
      : {}),
    Variability: type.variability,
    Validity: type.validity,
    InProduction: true,
    Rule: type.rule,
    Comments: '',
  };
}

export function levelsOf(types: readonly AdfType[]): readonly string[] {
  return [...new Set(types.flatMap(({ productTypes }) => productTypes.map((name) => name.slice(0, 2))))].sort();
}

export function productTypesOf(types: readonly AdfType[]): readonly string[] {
  return [...new Set(types.flatMap(({ productTypes }) => productTypes))].sort();
}

/** Sorted once for each list of files. */
const byId = new WeakMap<readonly AdfRecord[], readonly AdfRecord[]>();

/** Every file that has a type, by id: the order in which the database finds them; a catalogue that cannot list them all is asked type by type. */
export function auxFiles(catalogue: Catalogue): readonly AdfRecord[] {
  const files = catalogue.adfs?.() ?? filesByType(catalogue);
  const known = byId.get(files);
  if (known !== undefined) return known;
  const sorted = [...files].sort((a, b) => (a.id < b.id ? -1 : 1));
  byId.set(files, sorted);
  return sorted;
}

function filesByType(catalogue: Catalogue): readonly AdfRecord[] {
  const files = catalogue.types.flatMap((type) =>
    ['S1', 'S2', 'S3'].flatMap((platform) => ['A', 'B'].flatMap((unit) => catalogue.adfsOfType(type, platform, unit))),
  );
  return [...new Map(files.map((file) => [file.id, file])).values()];
}

/** `BXX` where there is none (reprocessing.md#adf-files). */
function bandOf(name: string): string {
  return /_(B(?:\d\d|8A))\.TGZ$/.exec(name.trim())?.[1] ?? 'BXX';
}

/** X is for all (reprocessing.md#entities). */
export function unitOf(name: string): string {
  return name.charAt(2) === '_' ? 'X' : name.charAt(2);
}
