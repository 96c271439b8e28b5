/** The attributes that auxip.svc keeps with an entry, by family of file (auxip.md#attributes). */
import { parseAdfName, type AdfName } from '../../sentinel/adf-name';
import type { ProductRecord } from './catalogue';

/** Integer and Double exist in the service's model, but nothing is written as such. */
export interface ProductAttribute {
  readonly type: 'String' | 'DateTimeOffset';
  readonly name: string;
  readonly value: string;
}

/** In the service's order: texts, then dates. Names of no known family have none, as products without attributes occur. */
export function attributesOf(product: ProductRecord): readonly ProductAttribute[] {
  const parsed = parseAdfName(product.name.trim());
  if (!parsed) return [];
  const texts = { productType: productType(parsed), ...TEXTS[parsed.family](parsed, product.name) };
  const dates = {
    processingDate: product.originDate,
    beginningDateTime: product.contentStart,
    endingDateTime: product.contentEnd,
  };
  return [
    ...Object.entries(texts).map(([name, value]) => ({ type: 'String', name, value }) as const),
    ...Object.entries(dates).map(([name, value]) => ({ type: 'DateTimeOffset', name, value }) as const),
  ];
}

/** Types that come per band carry it: `GIP_R2DENT_B06`. */
function productType({ type, band }: AdfName): string {
  return band === undefined || band === 'B00' ? type : `${type}_${band}`;
}

type Texts = (name: AdfName, fullName: string) => Readonly<Record<string, string>>;

const TEXTS: Readonly<Record<AdfName['family'], Texts>> = {
  SAFE: ({ platform, unit, type }) => ({
    platformShortName: `SENTINEL-${platform.charAt(1)}`,
    platformSerialIdentifier: letter(unit),
    processingCenter: 'CLS-Brest',
    ...(CONFIGURED_TYPES.includes(type) && { InstrumentConfigurationID: '7' }),
  }),
  EOF: ({ platform, unit }, fullName) =>
    headerTexts(platform === 'S1' ? `Sentinel-1${letter(unit)}` : platform + letter(unit), fullName),
  TGZ: ({ platform, unit }, fullName) => headerTexts(platform + letter(unit), fullName),
  SEN3: ({ platform, unit }, fullName) => ({
    platformShortName: `SENTINEL-${platform.charAt(1)}`,
    platformSerialIdentifier: letter(unit),
    timeliness: fullName.slice(88, 90),
    processingCenter: fullName.slice(82, 85),
  }),
};

/** Sentinel-1 files that are made for one instrument configuration. */
const CONFIGURED_TYPES: readonly string[] = ['AUX_CAL', 'AUX_INS', 'AUX_PP1', 'AUX_PP2'];

/** The mission text of an Earth Explorer header stands for both; the missions spell it differently. */
function headerTexts(mission: string, fullName: string): Readonly<Record<string, string>> {
  const processingCenter = fullName.slice(20, 24).replace(/_+$/, '');
  return { platformShortName: mission, platformSerialIdentifier: mission, processingCenter };
}

/** The unit as the name spells it; `_` for a file that serves all. */
function letter(unit: string): string {
  return unit === 'X' ? '_' : unit;
}
