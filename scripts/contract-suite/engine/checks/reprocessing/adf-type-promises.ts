import { MISSIONS, SENTINEL3_COMMON } from '../../../../sentinel/missions';
import { SELECTION_RULE_NAMES } from '../../../../sentinel/selection-rules';
import { namesIn } from '../../adf-sample';
import { difference, setDifference } from '../../finding';
import type { RowPromise } from './adf-sample-read';

/** What an ADF type says must be something that rdb.svc can work with (rdb.md#selection-rules, reprocessing.md#adf-types, reprocessing.md#missions-and-product-types). */
export function typePromises(): readonly RowPromise[] {
  return [
    [
      'Every mission is known',
      ({ Mission }) => (knownMissions.includes(String(Mission)) ? undefined : String(Mission)),
    ],
    ['Every rule is known', ({ Rule }) => (RULES.includes(String(Rule)) ? undefined : String(Rule))],
    [
      'Every type serves a product type of its mission, or a level for all Sentinel-3 missions',
      ({ Mission, ProductTypes }) => {
        const names = namesIn(ProductTypes, 'Type');
        const known = Mission === SENTINEL3_COMMON ? ['L1', 'L2'] : (MISSIONS[String(Mission)] ?? []);
        const unknown = names.filter((name) => !known.includes(name));
        if (names.length === 0) return 'it serves none, and no baseline has files of it';
        return unknown.length > 0 ? `${unknown.join(', ')} unknown for ${String(Mission)}` : undefined;
      },
    ],
    [
      'Its levels are those of its product types',
      ({ ProductLevels, ProductTypes }) =>
        setDifference(
          [...new Set(namesIn(ProductTypes, 'Type').map((name) => name.slice(0, 2)))],
          namesIn(ProductLevels, 'Level'),
          'levels',
        ),
    ],
    ['It is Static or Dynamic', ({ Variability }) => oneOf(['Static', 'Dynamic'], Variability)],
    ['It is valid for a period or at any time', ({ Validity }) => oneOf(['ValidityPeriod', 'AnyTime'], Validity)],
    ['InProduction is true or false', ({ InProduction }) => difference('boolean', typeof InProduction)],
    ['Its format is known', ({ Format }) => (/^[A-Za-z0-9]{2,}$/.test(String(Format)) ? undefined : String(Format))],
    [
      'Its names are those of file types',
      ({ LongName, ShortName }) =>
        [LongName, ShortName].every((name) => /^\w{3,16}$/.test(String(name)))
          ? undefined
          : `ShortName ${String(ShortName)}`,
    ],
  ];
}

const knownMissions = [...Object.keys(MISSIONS), SENTINEL3_COMMON];

function oneOf(known: readonly string[], value: unknown): string | undefined {
  return known.includes(String(value)) ? undefined : String(value);
}

const RULES: readonly string[] = SELECTION_RULE_NAMES;
