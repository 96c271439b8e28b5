import type { GeneralCheck } from '../../checks';
import { at, type Answer } from '../answer';
import { difference, finding, shown, type Finding } from '../finding';
import type { Scope } from '../scope';
import { compiled } from './schema';

type Of<Is extends GeneralCheck['is']> = Extract<GeneralCheck, { readonly is: Is }>;

export function mediaType({ type }: Of<'media-type'>, answer: Answer): Finding[] {
  const came = answer.header('Content-Type')?.split(';')[0]?.trim().toLowerCase();
  return [finding(`The media type is ${type}`, () => difference(type.toLowerCase(), came))];
}

/** Each part of what is expected as a promise of its own. */
export function value(check: Of<'value'>, answer: Answer, scope: Scope): Finding[] {
  const { pointer, equal, pattern, schema, exists } = check;
  const name = pointer === '' ? 'The body' : pointer;
  const came = (): unknown => at(answer.json(), pointer);
  return [
    ...(exists === undefined
      ? []
      : [finding(`${name} is ${exists ? 'there' : 'not there'}`, () => presence(came(), exists))]),
    ...(equal === undefined
      ? []
      : [finding(`${name} is ${shown(equal)}`, () => difference(filled(equal, scope), came()))]),
    ...(pattern === undefined ? [] : [finding(`${name} is like ${pattern}`, () => mismatch(came(), pattern))]),
    ...(schema === undefined ? [] : [finding(`${name} fits its schema`, () => compiled(schema, name)(came()))]),
  ];
}

function presence(value: unknown, exists: boolean): string | undefined {
  if ((value !== undefined) === exists) return undefined;
  return exists ? 'it is not there' : `got ${shown(value)}`;
}

const filled = (equal: unknown, scope: Scope): unknown => (typeof equal === 'string' ? scope.text(equal) : equal);

function mismatch(value: unknown, pattern: string): string | undefined {
  return typeof value === 'string' && new RegExp(pattern).test(value) ? undefined : `got ${shown(value)}`;
}
