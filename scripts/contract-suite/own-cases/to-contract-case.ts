import type { CaseProblem } from '../../errors/errors';
import type { Check } from '../checks';
import type { ContractCase, Expectation, OwnCitation } from '../contract-case';
import { ownCosts } from '../engine/own-request';
import type { OwnCase, OwnMember, SchemaReference } from './case-file';
import { isLink } from './case-problems';
import type { Placed } from './parse-case-file';
import { savedAs, variablesIn, withSaved } from './own-variables';
import type { SchemaReader } from './schema-files';

/** What is known of the folder so far. */
export interface FolderSoFar {
  readonly key: string;
  /** Names of what its earlier cases save. */
  readonly saved: ReadonlySet<string>;
}

export interface UsedVariable {
  readonly name: string;
  readonly problemAt: (problem: string) => CaseProblem;
}

export interface MadeCase {
  readonly item: ContractCase;
  /** Of the environment. */
  readonly variables: readonly UsedVariable[];
  readonly problems: readonly CaseProblem[];
}

/** A case of the user's as the engine runs it; with problems it is none that could be run. */
export async function toContractCase(
  { item, index, problemAt, name: file }: Placed,
  { key: folder, saved }: FolderSoFar,
  readSchema: SchemaReader,
): Promise<MadeCase> {
  const problems: CaseProblem[] = [];
  const schemaAt = async (reference: SchemaReference, ...keys: (string | number)[]): Promise<object> => {
    const read = await readSchema(reference, file);
    if ('schema' in read) return read.schema;
    problems.push(problemAt(['cases', index, 'expect', ...keys, 'schema'], read.problem));
    return {};
  };
  const filled = (template: string): string => withSaved(template, folder, saved);
  const { request, expect, save = {}, severity = 'contract', says, cite, id, name, profiles } = item;
  const checks: Check[] = [
    ...(expect.mediaType === undefined ? [] : [{ is: 'media-type' as const, type: expect.mediaType }]),
    ...(expect.text === undefined ? [] : [{ is: 'body-matching' as const, pattern: expect.text }]),
    ...(expect.schema === undefined
      ? []
      : [{ is: 'value' as const, pointer: '', schema: await schemaAt(expect.schema) }]),
  ];
  for (const [place, member] of (expect.body ?? []).entries()) {
    const schema = member.schema === undefined ? undefined : await schemaAt(member.schema, 'body', place);
    checks.push(...memberChecks(member, filled, schema));
  }
  for (const [variable, pointer] of Object.entries(save))
    checks.push({ is: 'keep', pointer, as: savedAs(folder, variable) });
  const { url, headers = {}, auth = 'token', method = 'GET' } = request;
  const status = [expect.status].flat();
  const used = usedIn(item);
  return {
    problems,
    variables: used
      .filter(({ name: variable }) => !saved.has(variable))
      .map(({ name: variable, keys }) => ({
        name: variable,
        problemAt: (problem) => problemAt(['cases', index, ...keys], problem),
      })),
    item: {
      key: id,
      name,
      severity,
      source: { basis: 'own', cite: citationOf(cite ?? file), says: says ?? name },
      ...(profiles ? { profiles } : {}),
      needs: [
        ...new Set(used.map(({ name: variable }) => (saved.has(variable) ? savedAs(folder, variable) : variable))),
      ],
      costs: [...(item.costs ?? []), ...ownCosts({ url, auth, status })],
      request: {
        method,
        url: filled(url),
        headers: Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, filled(value)])),
        auth,
      },
      expect: expectationOf(item, status, checks),
    },
  };
}

function expectationOf({ expect }: OwnCase, status: readonly number[], checks: readonly Check[]): Expectation {
  return { status, ...(expect.headers ? { headers: expect.headers } : {}), checks };
}

function memberChecks(member: OwnMember, filled: (template: string) => string, schema?: object): Check[] {
  const { pointer, equals, matches: pattern, exists } = member;
  const equal = typeof equals === 'string' ? filled(equals) : equals;
  return [{ is: 'value', pointer, equal, pattern, schema, exists }];
}

function citationOf(cite: string): OwnCitation {
  return isLink(cite) ? { text: cite, url: new URL(cite).href } : { text: cite };
}

interface Used {
  readonly name: string;
  /** Within the case. */
  readonly keys: readonly (string | number)[];
}

function usedIn({ request: { url, headers = {} }, expect: { body = [] } }: OwnCase): Used[] {
  const templates: readonly (readonly [keys: readonly (string | number)[], template: unknown])[] = [
    [['request', 'url'], url],
    ...Object.entries(headers).map(([name, value]) => [['request', 'headers', name], value] as const),
    ...body.map(({ equals }, index) => [['expect', 'body', index, 'equals'], equals] as const),
  ];
  return templates.flatMap(([keys, template]) =>
    typeof template === 'string' ? variablesIn(template).map((name) => ({ name, keys })) : [],
  );
}
