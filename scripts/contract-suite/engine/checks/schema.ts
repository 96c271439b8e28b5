import Ajv from 'ajv';
import { SCHEMAS } from 'schemas:all';
import type { Answer } from '../answer';
import { finding, type Finding } from '../finding';

type Validator = (data: unknown) => string | undefined;

/** By name. Kept as long as this script is: to compile a schema takes longer than to look at an answer with it. */
const validators: Record<string, Validator | undefined> = {};

/** The body against a schema of schemas/json (draft-07). */
export function schema(name: string, answer: Answer): Finding {
  return finding(`The body keeps the schema ${name}`, () => {
    const known = SCHEMAS[name];
    if (!known) return `the suite has no schema ${name}`;
    const validator = (validators[name] ??= compiled(known, 'body'));
    return validator(answer.json());
  });
}

/** Postman brings Ajv 6 along; what is used here is the same in Ajv 8. */
export function compiled(known: object, name: string): Validator {
  const ajv = new Ajv({ allErrors: true, logger: false });
  const validate = ajv.compile(known);
  return (data) => (validate(data) ? undefined : ajv.errorsText(validate.errors, { dataVar: name }));
}
