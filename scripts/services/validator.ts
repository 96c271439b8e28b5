/**
 * Checks an answer against a named schema of schemas/json: one sentence per problem, none when it keeps the contract.
 * `problemsOf` of scripts/services/schema/validators.ts is one.
 */
export type Validator = (schema: string, body: unknown) => readonly string[];
