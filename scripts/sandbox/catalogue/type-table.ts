/** ADF types as the published aux-types.json writes them. */
import type { AdfType } from '../../sentinel/adf-types';
import { SELECTION_RULE_NAMES } from '../../sentinel/selection-rules';
import { field } from './product-line';

/** The types in the order of the file, or what is wrong with it. */
export function readTypes(json: unknown): { readonly types: readonly AdfType[]; readonly problems: readonly string[] } {
  if (!Array.isArray(json)) return { types: [], problems: ['not a list of types'] };
  const rows = json.map((entry: unknown) => typeOf(entry));
  const problems = rows.flatMap((row, index) => (row === undefined ? [`entry ${index + 1} is no ADF type`] : []));
  return { types: rows.filter((row) => row !== undefined), problems };
}

function typeOf(entry: unknown): AdfType | undefined {
  const [longName, shortName, mission, format] = ['LongName', 'ShortName', 'Mission', 'Format'].map((name) =>
    field(entry, name),
  );
  const rule = SELECTION_RULE_NAMES.find((name) => name === field(entry, 'Rule'));
  const variability = VARIABILITIES.find((name) => name === field(entry, 'Variability'));
  const validity = VALIDITIES.find((name) => name === field(entry, 'Validity'));
  const productTypes = field(entry, 'ProductTypes');
  if (typeof longName !== 'string' || typeof shortName !== 'string' || typeof mission !== 'string') return undefined;
  if (typeof format !== 'string' || !rule || !variability || !validity || !isTexts(productTypes)) return undefined;
  return { longName, shortName, mission, productTypes, rule, variability, validity, format };
}

const VARIABILITIES = ['Static', 'Dynamic'] as const;
const VALIDITIES = ['ValidityPeriod', 'AnyTime'] as const;

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
