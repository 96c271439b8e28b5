import { level0Times } from '../../../sentinel/level0-times';
import type { BaselineCheck } from '../../checks';
import type { Answer } from '../answer';
import { finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';

type Of<Is extends BaselineCheck['is']> = Extract<BaselineCheck, { readonly is: Is }>;

/** Which products an interval has, whatever their files. */
export function keepLevel0({ as }: Of<'level0-keep'>, answer: Answer, scope: Scope): Finding[] {
  scope.remember(as, namesOf(answer));
  return [finding('The interval has products', () => (namesOf(answer).length > 0 ? undefined : 'none'))];
}

/** The whole has what its overlapping parts have: nothing is cut off. */
export function unionOfLevel0({ of }: Of<'level0-union'>, answer: Answer, scope: Scope): Finding[] {
  return [
    finding('The whole interval has the products of its parts', () => {
      const parts = of.flatMap((name) => scope.recall(name) as string[]);
      const problem = setDifference([...new Set(parts)], namesOf(answer), 'products');
      const last = namesOf(answer)
        .map(startOf)
        .reduce((latest, start) => Math.max(latest, start), 0);
      const lost = parts.filter((name) => !namesOf(answer).includes(name));
      const isCut = lost.length > 0 && lost.every((name) => startOf(name) > last);
      return problem && isCut ? { problem, cause: { key: 'truncated' } } : problem;
    }),
  ];
}

function namesOf(answer: Answer): string[] {
  const { value } = answer.json() as { value: { Level0: string }[] };
  return value.map(({ Level0 }) => Level0);
}

const startOf = (level0: string): number => level0Times(level0)?.start ?? 0;
