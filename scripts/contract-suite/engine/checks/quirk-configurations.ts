import type { QuirkCheck } from '../../checks';
import type { Answer } from '../answer';
import { entriesOf } from '../baseline-sample';
import { attributesOf, type Row } from '../catalogue-sample';
import { finding, type Finding } from '../finding';
import type { Scope } from '../scope';
import { nameFilter } from '../linked-files';

/** Types made for one instrument configuration each (rdb.md#instrument-configuration). */
const CONFIGURED = /_AUX_(?:PP1|PP2|CAL|INS)_/;

/** Prepares the look-up of a product's files that belong to an instrument configuration. */
export function configuredFiles(
  { as }: QuirkCheck & { readonly is: 'quirk-configured-files' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const names = entriesOf(answer).flatMap(({ AuxDataFiles }) => AuxDataFiles.map(({ Name }) => Name.trim()));
  scope.remember(as, nameFilter(names.filter((name) => CONFIGURED.test(name))));
  return [];
}

/**
 * All of a product's files are of one instrument configuration; or those of the other unit are mixed as well, as when the
 * service has no timeline of configurations and filters neither.
 */
export function configurations(
  { as, beside }: QuirkCheck & { readonly is: 'quirk-configurations' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const { value } = answer.json() as { value: readonly Row[] };
  const own = [...new Set(value.map(configurationOf))].sort();
  scope.remember(as, own);
  if (beside === undefined) return [];
  const another = (scope.recall(beside) ?? []) as string[];
  return [
    finding('Files of both units are chosen by instrument configuration, or of neither', () => {
      if (another.length === 0 || own.length === 0 || another.length > 1 === own.length > 1) return undefined;
      return {
        problem: `configurations of one unit: ${another.join(', ')}; of the other: ${own.join(', ')}`,
        cause: { key: 'firstUnit' },
      };
    }),
  ];
}

function configurationOf(row: Row): string {
  const value = attributesOf(row).find(({ Name }) => Name === 'InstrumentConfigurationID')?.Value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
