import type { QuirkCheck } from '../../checks';
import type { Answer } from '../answer';
import { entriesOf, rowOf } from '../baseline-sample';
import { finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';

/** Keeps an answer, to be compared with later ones. */
export function keepAnswer(
  { as }: QuirkCheck & { readonly is: 'quirk-keep' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const files = linesOf(answer);
  scope.remember(as, files);
  return [finding('The product has files', () => (files.length > 0 ? undefined : 'none'))];
}

/** The answer is the one kept; if not, a quirk says why. */
export function sameAnswer(
  { as, quirk }: QuirkCheck & { readonly is: 'quirk-same' },
  answer: Answer,
  scope: Scope,
): Finding[] {
  const kept = (scope.recall(as) ?? []) as string[];
  return [
    finding('The answer is the same as before', () => {
      const problem = setDifference(kept, linesOf(answer), 'files');
      // Files that are missing are what the quirk does; others in their place have another cause.
      return problem?.includes('missing') && !problem.includes('too many')
        ? { problem, cause: { key: quirk } }
        : problem;
    }),
  ];
}

function linesOf(answer: Answer): string[] {
  return entriesOf(answer)
    .map(rowOf)
    .flatMap(({ level0, files }) => files.map((file) => `${level0} ${file}`));
}
