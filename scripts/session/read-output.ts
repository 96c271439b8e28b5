import { existsSync, statSync } from 'node:fs';
import { Failure } from '../errors/errors';
import { readInput } from '../errors/read-input';
import { readJson, TOO_DEEP } from '../lib/read-json';
import { outputProblems, type OutputName } from '../services/schema/validators';

/**
 * What auxflow wrote for other programs, read again: it may have been cut, or changed by hand. Whoever calls knows the type that the
 * schema of that name was made from.
 * @throws Failure FILE_UNREADABLE; FILE_MALFORMED for what does not fit schemas/output/<name>.schema.json
 */
export function readOutput(path: string, name: OutputName, what: string): unknown {
  const malformed = (...problems: string[]): Failure => new Failure({ code: 'FILE_MALFORMED', path, what, problems });
  // To open a pipe waits for its writer, and obeys nobody meanwhile.
  if (existsSync(path) && !statSync(path).isFile())
    throw new Failure({ code: 'FILE_UNREADABLE', path, what, reason: 'it is not a regular file' });
  const read = readJson(readInput(path, what).toString());
  if ('problem' in read) throw malformed(read.problem === 'not-json' ? 'it is not JSON' : TOO_DEEP);
  const problems = outputProblems(name, read.value);
  if (problems.length > 0) throw malformed(...problems.slice(0, MAX_PROBLEMS));
  return read.value;
}

const MAX_PROBLEMS = 3;
