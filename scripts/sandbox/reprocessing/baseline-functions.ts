import type { AdfType } from '../../sentinel/adf-types';
import { missionsListedFor } from '../../sentinel/missions';
import type { AdfRecord, Catalogue } from '../catalogue/catalogue';
import { ReprocessingError, unexpected } from './reprocessing-error';
import { auxFiles, unitOf } from './rows';

/** Arguments by name, all optional; names that the service does not know filter nothing (reprocessing.md#functions). */
export type Arguments = ReadonlyMap<string, string>;

/** Parses `Name='value',…`, which the grammar has passed; literals that are not texts are refused. @throws ReprocessingError 1000 */
export function parseArguments(text: string): Arguments {
  const found = new Map<string, string>();
  if (text === '') return found;
  const argument = /([A-Za-z_]\w*)='((?:[^']|'')*)'(,|$)/y;
  while (argument.lastIndex < text.length) {
    const from = argument.lastIndex;
    const match = argument.exec(text);
    if (match?.[1] === undefined || match[2] === undefined) throw noLiteral(text.slice(from));
    found.set(match[1], match[2].replaceAll("''", "'"));
  }
  return found;
}

/** The last kind of literal that the service's parser tries is geometry. */
function noLiteral(argument: string): ReprocessingError {
  const found = argument.slice(argument.indexOf('=') + 1).charAt(0);
  return unexpected(`string matching regex '(?i)geometry'[^']*'' expected but '${found}' found.`);
}

/** Files that apply to the period, distinct; a mission's common types are asked for one after another (reprocessing.md#functions). */
export function baselineForPeriod(parameters: Arguments, catalogue: Catalogue, isList: boolean): readonly AdfRecord[] {
  const appliesTo = period(parameters);
  const variability = parameters.get('Variability');
  if (variability !== undefined && variability !== 'Static' && variability !== 'Dynamic') {
    throw new ReprocessingError(
      9000,
      `java.lang.IllegalArgumentException: No enum constant com.csgroup.rba.model.jpa.VariabilityJPA.${variability}`,
    );
  }
  const searched = isList ? (parameters.get('SearchName') ?? '') : '';
  const matches = (adf: AdfRecord) =>
    isWantedType(adf.type, parameters.get('ProductType'), variability) &&
    isUnit(adf.name, parameters.get('Unit')) &&
    adf.name.includes(searched) &&
    appliesTo(adf);
  const files = auxFiles(catalogue).filter(matches);
  const partial = missionsOf(parameters.get('Mission')).map((mission) =>
    mission === undefined ? files : files.filter(({ type }) => type.mission === mission),
  );
  const [first = [], ...more] = partial;
  const distinct = [...(isList ? page(sorted(first, parameters), parameters) : first), ...more.flat()];
  return [...new Map(distinct.map((file) => [file.id, file])).values()];
}

/** No mission asks for all. */
function missionsOf(mission: string | undefined): readonly (string | undefined)[] {
  return mission === undefined ? [undefined] : missionsListedFor(mission);
}

/** Types without product types vanish; those that serve all Sentinel-3 missions have levels for product types: `L2` finds them. */
function isWantedType(type: AdfType, productType: string | undefined, variability: string | undefined): boolean {
  if (type.productTypes.length === 0) return false;
  if (variability !== undefined && type.variability !== variability) return false;
  return productType === undefined || type.productTypes.includes(productType);
}

function isUnit(name: string, unit: string | undefined): boolean {
  return unit === undefined || unitOf(name) === unit || unitOf(name) === 'X';
}

/** Start and stop: touching, strictly; start only: in effect at that time; stop only: no condition. */
function period(parameters: Arguments): (adf: AdfRecord) => boolean {
  const start = time(parameters.get('SensingTimeStart'));
  const stop = time(parameters.get('SensingTimeStop'));
  if (start === undefined) return () => true;
  if (stop === undefined) return (adf) => adf.start <= start && start < adf.stop;
  return (adf) => adf.start < stop && adf.stop > start;
}

function time(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(value))
    throw new ReprocessingError(
      9000,
      `java.time.format.DateTimeParseException: Text '${text}' could not be parsed at index 0`,
    );
  return value;
}

const SORT_VALUES = new Map<string, (adf: AdfRecord) => string | number>([
  ['Id', (adf) => adf.id],
  ['FullName', (adf) => adf.name],
  ['ValidityStart', (adf) => adf.start],
  ['ValidityStop', (adf) => adf.stop],
  ['SensingTimeApplicationStart', (adf) => adf.start],
  ['SensingTimeApplicationStop', (adf) => adf.stop],
  ['CreationDate', (adf) => adf.creation],
]);

function sorted(files: readonly AdfRecord[], parameters: Arguments): readonly AdfRecord[] {
  const orderBy = parameters.get('OrderBy');
  if (orderBy === undefined) return files;
  const valueOf = SORT_VALUES.get(orderBy);
  if (valueOf === undefined) throw new ReprocessingError(9000, `Unable to resolve attribute ${orderBy}`);
  const direction = parameters.get('OrderByDirection') === 'DESC' ? -1 : 1;
  return [...files].sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    return left === right ? 0 : left < right ? -direction : direction;
  });
}

function page(files: readonly AdfRecord[], parameters: Arguments): readonly AdfRecord[] {
  const skip = count(parameters.get('Skip')) ?? 0;
  const top = count(parameters.get('Top')) ?? files.length;
  return files.slice(skip, skip + top);
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new ReprocessingError(2000, `For input string: "${text}"`);
  return Number(text);
}
