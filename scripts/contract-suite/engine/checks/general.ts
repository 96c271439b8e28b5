import type { GeneralCheck } from '../../checks';
import { at, type Answer } from '../answer';
import { difference, finding, shown, type Finding } from '../finding';
import type { Scope } from '../scope';

type Of<Is extends GeneralCheck['is']> = Extract<GeneralCheck, { readonly is: Is }>;

export function body({ equal }: Of<'body'>, answer: Answer): Finding[] {
  return [
    finding('The body is as recorded', () =>
      difference(equal, typeof equal === 'string' ? answer.text : answer.json()),
    ),
  ];
}

export function bodyMatching({ pattern }: Of<'body-matching'>, { text }: Answer, scope: Scope): Finding[] {
  return [
    finding(`The body is like ${pattern}`, () =>
      new RegExp(scope.text(pattern)).test(text) ? undefined : `got ${shown(text)}`,
    ),
  ];
}

export function member({ pointer, equal }: Of<'member'>, answer: Answer, scope: Scope): Finding[] {
  const expected = typeof equal === 'string' ? scope.text(equal) : (equal ?? undefined);
  return [
    finding(`${pointer} is ${equal === null ? 'not there' : String(equal)}`, () =>
      difference(expected, at(answer.json(), pointer)),
    ),
  ];
}

export function keep({ pointer, as }: Of<'keep'>, answer: Answer, scope: Scope): Finding[] {
  return [
    finding(`The answer has ${pointer}`, () => {
      const value = at(answer.json(), pointer);
      if (typeof value !== 'string' && typeof value !== 'number') return `got ${shown(value)}`;
      scope.remember(as, String(value));
      return undefined;
    }),
  ];
}

export function keepHeader({ name, as }: Of<'keep-header'>, { header }: Answer, scope: Scope): Finding[] {
  return [
    finding(`The answer has the header ${name}`, () => {
      const value = header(name);
      if (value !== undefined) scope.remember(as, value);
      return value === undefined ? 'it has none' : undefined;
    }),
  ];
}

export function keepRefusal({ as }: Of<'keep-refusal' | 'same-refusal'>, answer: Answer, scope: Scope): Finding[] {
  scope.remember(as, refusalOf(answer));
  return [];
}

/** Whoever tries passwords must not learn which user names there are (OWASP ASVS 2.2.1). */
export function sameRefusal({ as }: Of<'keep-refusal' | 'same-refusal'>, answer: Answer, scope: Scope): Finding[] {
  const kept = scope.recall(as) as ReturnType<typeof refusalOf> | undefined;
  return [
    finding('The answer is that for an unknown user', () =>
      kept === undefined ? undefined : difference(kept, refusalOf(answer)),
    ),
  ];
}

function refusalOf({ status, text }: Answer): { readonly status: number; readonly text: string } {
  return { status, text };
}
