import { parseAdfName } from '../../../../sentinel/adf-name';
import { searchText } from '../../../../sentinel/adf-types';
import { instantOf, isoOf, sampleBeginnings, shownRow, typeOf, type AdfRow } from '../../adf-sample';
import { difference } from '../../finding';
import type { Scope } from '../../scope';
import type { RowPromise } from './adf-sample-read';

const DATES = [
  ...['ValidityStart', 'ValidityStop', 'SensingTimeApplicationStart', 'SensingTimeApplicationStop', 'CreationDate'],
];

function nameOf(row: AdfRow): NonNullable<ReturnType<typeof parseAdfName>> {
  const name = parseAdfName(String(row.FullName).trim());
  if (!name) throw new Error(`${String(row.FullName)} is not the name of an auxiliary file`);
  return name;
}

/** What a file's entry says is what its name says, and its type is one of the list (reprocessing.md#entities, reprocessing.md#adf-names). */
export function filePromises(types: readonly AdfRow[], scope: Scope): readonly RowPromise[] {
  const beginnings = sampleBeginnings(scope);
  return [
    [
      'Every name is one that was asked for',
      ({ FullName }) => (beginnings.some((text) => String(FullName).startsWith(text)) ? undefined : 'it is not'),
    ],
    ...ALONE,
    [
      'Its type is listed, with the same properties',
      (row) => {
        const type = typeOf(row, types);
        if (!type) return 'the list of types has no such type';
        const shown = { ...shownRow('AuxTypes', type), '@odata.type': '#OData.RBA.AuxType', '@odata.id': undefined };
        return difference(JSON.parse(JSON.stringify(shown)), row.AuxType);
      },
    ],
  ];
}

/** Where the entry's type is expanded, and nothing else is known. */
export const ALONE: readonly RowPromise[] = [
  [
    'Every date is written as Java writes it, in UTC',
    (row) => {
      const wrong = DATES.filter((date) => isoOf(row[date]) === undefined);
      return wrong.length > 0 ? wrong.map((date) => `${date} ${String(row[date])}`).join(', ') : undefined;
    },
  ],
  [
    'Its validity is that of the name',
    (row) =>
      difference([nameOf(row).start, nameOf(row).stop], [instantOf(row.ValidityStart), instantOf(row.ValidityStop)]),
  ],
  ['Its creation is that of the name', (row) => difference(nameOf(row).creation, instantOf(row.CreationDate))],
  [
    'A version of the processor that is not known is null',
    ({ IpfVersion }) => (IpfVersion === '' ? 'an empty text' : undefined),
  ],
  ['Its unit is that of the name, X for all', (row) => difference(nameOf(row).unit, row.Unit)],
  ['Its band is that of the name, BXX for none', (row) => difference(nameOf(row).band ?? 'BXX', row.Band)],
  [
    'Its name contains the name of its type',
    (row) => {
      const text = searchText(String(ownType(row).LongName));
      return String(row.FullName).includes(text) ? undefined : `type ${text}`;
    },
  ],
  ['It applies from its validity on, and not longer', (row) => wrongApplication(row, String(ownType(row).Validity))],
];

const ownType = (row: AdfRow): AdfRow => (row.AuxType ?? {}) as AdfRow;

/** A later file ends the application of an earlier one; what is valid at any time applies beyond its validity (reprocessing.md#functions). */
function wrongApplication(row: AdfRow, validity: string): string | undefined {
  const [start, stop] = [instantOf(row.SensingTimeApplicationStart), instantOf(row.SensingTimeApplicationStop)];
  const says = `applies from ${String(row.SensingTimeApplicationStart)} to ${String(row.SensingTimeApplicationStop)}`;
  if (start >= stop) return says;
  if (validity === 'AnyTime' || /_AM[HV]_ERRMAT_/.test(String(row.FullName))) return undefined;
  return start === instantOf(row.ValidityStart) && stop <= instantOf(row.ValidityStop) ? undefined : says;
}
