import type { Answer } from '../answer';
import { baselineRows } from '../baseline-sample';
import { finding, type Finding } from '../finding';
import { QUIRKS } from '../../quirks';
import type { Scope } from '../scope';

/** Names in one look-up: more than ten terms tire the catalogue (auxip.md#filters). */
const AT_ONCE = 10;
const ASKED = 'baseline_asked';

/** The filter for the sample's next files, as a variable; whether there are any. */
export function askForNextFiles(scope: Scope): boolean {
  const next = filesOf(scope).slice(askedOf(scope), askedOf(scope) + AT_ONCE);
  scope.remember('baseline_names', nameFilter(next.map(([name]) => name)));
  return next.length > 0;
}

/** `Name eq 'a' or Name eq 'b'`. */
export function nameFilter(names: readonly string[]): string {
  return names.map((name) => `Name eq '${name}'`).join(' or ');
}

/** Each file of the part asked for is in the catalogue, once, under the id of its link. Goes on with the next part. */
export function baselineInCatalogue(answer: Answer, scope: Scope): Finding[] {
  const from = askedOf(scope);
  const files = filesOf(scope).slice(from, from + AT_ONCE);
  const { value } = answer.json() as { value: readonly { Id: string; Name: string }[] };
  scope.remember(ASKED, from + AT_ONCE);
  if (askForNextFiles(scope)) scope.repeat();
  else scope.remember(ASKED, 0);
  return [
    finding(`Files ${from + 1} to ${from + files.length} are in the catalogue under the ids of their links`, () => {
      for (const [name, id] of files) {
        const ids = value.filter((entry) => entry.Name.trim() === name).map(({ Id }) => Id.toLowerCase());
        const owner = value.find((entry) => entry.Id.toLowerCase() === id)?.Name.trim();
        const problem = wrongIds(id, ids, owner);
        if (problem !== undefined) return `${name}: ${problem}`;
      }
      return undefined;
    }),
  ];
}

/** A cause is told only where the answer shows it: `owner` is the file whose id the link has. */
function wrongIds(id: string, ids: readonly string[], owner: string | undefined): string | undefined {
  if (ids.length === 1 && ids[0] === id) return undefined;
  if (ids.length === 0) return `no entry of that name, the link says ${id}`;
  if (ids.length > 1) return `${ids.length} entries of that name: ${ids.join(', ')}`;
  const told = `the entry is ${ids[0] ?? ''}, the link says ${id}`;
  return owner === undefined ? `${told}. ${QUIRKS.staleLink}` : `${told}, which is the id of ${owner}`;
}

/** Distinct files of the sample, name trimmed and id. */
function filesOf(scope: Scope): readonly (readonly [name: string, id: string])[] {
  const files = [...new Set(baselineRows(scope).flatMap((row) => row.files))].sort();
  return files.map((file) => {
    const place = file.lastIndexOf(' ');
    return [file.slice(0, place).trim(), file.slice(place + 1)] as const;
  });
}

function askedOf(scope: Scope): number {
  return Number(scope.recall(ASKED) ?? 0);
}
