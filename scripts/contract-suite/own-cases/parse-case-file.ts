import type { ErrorObject } from 'ajv';
import type { CaseProblem } from '../../errors/errors';
import { readYaml } from '../../lib/input/read-yaml';
import { inputProblem, keysOf } from '../../services/schema/input-problem';
import { schemaErrors } from '../../services/schema/validators';
import type { FoundFile } from './case-files';
import type { CaseFile, OwnCase } from './case-file';

/** Says what is wrong with the member that the keys lead to. */
export type ProblemAt = (keys: readonly (string | number)[], problem: string) => CaseProblem;

export interface ParsedFile {
  readonly name: string;
  readonly file: CaseFile;
  readonly problemAt: ProblemAt;
}

/** A case with where it is. */
export interface Placed extends ParsedFile {
  readonly folder: string;
  readonly about?: string;
  readonly item: OwnCase;
  /** In its file. */
  readonly index: number;
}

/** A file of cases by its schema (schemas/cases.schema.json), or everything that is wrong with it. */
export function parseCaseFile({ name, text }: FoundFile): ParsedFile | readonly CaseProblem[] {
  const read = readYaml(text);
  if ('problem' in read)
    return [{ file: name, ...read.place, pointer: '', problem: `is not valid YAML: ${read.problem}` }];
  const problemAt: ProblemAt = (keys, problem) => {
    const names = keys.map(String);
    return { file: name, ...read.placeOf(names), pointer: names.map((key) => `/${escaped(key)}`).join(''), problem };
  };
  const errors = schemaErrors('cases', read.value);
  if (errors.length > 0) return problemsOf(errors).map(({ keys, problem }) => problemAt(keys, problem));
  const number = notJson(read.value, []);
  if (number) return [problemAt(number, 'is a number that JSON does not have')];
  return { name, file: read.value as CaseFile, problemAt };
}

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

interface Told {
  readonly keys: readonly string[];
  readonly problem: string;
}

/** Of alternatives Ajv tells what is wrong with each: what lies deeper is what was meant, and where nothing does, they are one sentence. */
function problemsOf(errors: readonly ErrorObject[]): Told[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  const others = errors.filter(({ keyword }) => keyword !== 'anyOf');
  const isIn = (choice: ErrorObject, { instancePath }: ErrorObject): boolean =>
    `${instancePath}/`.startsWith(`${choice.instancePath}/`);
  return [
    ...others.filter((error) => !choices.some((choice) => isIn(choice, error))).map(refusedWrite),
    ...choices.flatMap((choice) => {
      const own = others.filter((error) => isIn(choice, error));
      const deeper = own.filter(({ instancePath }) => instancePath !== choice.instancePath);
      return deeper.length > 0 ? deeper.map(inputProblem) : [choiceProblem(choice, own)];
    }),
  ];
}

function choiceProblem(choice: ErrorObject, errors: readonly ErrorObject[]): Told {
  const told = errors.map(inputProblem);
  const words = [...new Set(told.map(({ problem }) => problem.replace(/, not .*$/s, '').replace(/^must be /, '')))];
  const [, came = ''] = /(, not .*)$/s.exec(told[0]?.problem ?? '') ?? [];
  return { keys: keysOf(choice.instancePath), problem: `must be ${words.join(' or ')}${came}` };
}

const READ_ONLY = 'auxflow writes nothing to the services, so that cases send GET and HEAD only';

/** What would be a write is refused with the reason. */
function refusedWrite(error: ErrorObject): Told {
  const { keys, problem } = inputProblem(error);
  const [last, before] = [keys.at(-1) ?? '', keys.at(-2)];
  const isWrite = before === 'request' && ['method', 'body', 'form'].includes(last);
  return { keys, problem: isWrite ? `${problem}: ${READ_ONLY}` : problem };
}

/** Keys that lead to a number that only YAML has: `.nan`, `.inf`. */
function notJson(value: unknown, keys: readonly string[]): readonly string[] | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : keys;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = notJson(inner, [...keys, key]);
    if (found) return found;
  }
  return undefined;
}
