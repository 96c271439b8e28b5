/** What of the contract the cases touch. Whatever they leave out fails generation: a new property or operation wants a case. */
import { answers } from '../services/schema/answers';
import { propertiesOf, schemaOf, type CsdlElement } from '../lib/csdl';
import { readCsdl } from '../services/schema/csdl';
import { openApiOf } from './openapi';
import { SERVICES, type ServiceName } from '../services/services';
import type { CaseFolder, ContractCase, Expectation } from '../contract-suite/contract-case';

export interface Coverage {
  /** e.g. `auxip GET /Products({Id})/$value`, `auxip $orderby`, `auxip Product.ContentLength`, `auxip 406` */
  readonly part: string;
  /** Keys of the cases that touch it. */
  readonly cases: readonly string[];
}

/**
 * Answers other than success that a caller can meet, besides those of proxies (rdb.md#status-codes, access.md#token-errors, access.md#gateway, auxip.md#errors, reprocessing.md#query-options).
 * Where the specification or the manuals promise another status, the recorded one counts.
 */
const ERROR_CLASSES: Readonly<Record<ServiceName | 'token', readonly number[]>> = {
  rdb: [302, 400, 404, 405, 406, 501],
  auxip: [302, 400, 401, 404, 405, 406, 500, 501],
  reprocessing: [302, 400, 415, 500],
  token: [400, 401, 405],
};

/** Every part of the contract with the cases that touch it, in the contract's order. */
export function coverageOf(folders: readonly CaseFolder[]): Coverage[] {
  const cases = folders.flatMap((folder) => folder.cases);
  const services = Object.keys(SERVICES) as ServiceName[];
  return [
    ...services.flatMap((service) => serviceCoverage(service, cases)),
    ...operations('token', [''], cases.filter(isOfToken)),
    ...errorClasses('token', cases.filter(isOfToken)),
  ];
}

const isOfToken = ({ request }: ContractCase): boolean => request.url === '{{access_token_url}}';

/** @throws Error naming the parts that no case touches */
export function requireCoverage(folders: readonly CaseFolder[]): void {
  const untouched = coverageOf(folders).filter(({ cases }) => cases.length === 0);
  if (untouched.length === 0) return;
  throw new Error(`no case of the contract suite touches ${untouched.map(({ part }) => part).join(', ')}`);
}

function serviceCoverage(service: ServiceName, all: readonly ContractCase[]): Coverage[] {
  const root = `{{${SERVICES[service].rootVariable}}}`;
  const cases = all.filter(({ request }) => request.url.startsWith(root));
  return [
    ...operations(service, pathsOf(openApiOf(service)), cases),
    ...queryOptions(service, cases),
    ...properties(service, cases),
    ...errorClasses(service, cases),
  ];
}

type Paths = { paths: Record<string, { get?: { parameters?: { name?: string; $ref?: string }[] } }> };

const pathsOf = (openApi: object): string[] => Object.keys((openApi as Paths).paths);

/** Of a parameter. Without quotes, so that a pattern with many of them is still quick to fail. */
const VALUE = "[^/']*";

function operations(service: string, paths: readonly string[], cases: readonly ContractCase[]): Coverage[] {
  return paths.map((path) => {
    const pattern = new RegExp(`^${escaped(path).replace(/\\\{\w+\\\}/g, VALUE)}(?:[?]|$)`);
    return coverage(`${service} ${path === '' ? 'POST' : `GET ${path}`}`, cases, ({ request }) =>
      pattern.test(belowRoot(request.url)),
    );
  });
}

/** The address without the variable that it begins with. */
const belowRoot = (url: string): string => url.replace(/^\{\{\w+\}\}/, '');

function queryOptions(service: ServiceName, cases: readonly ContractCase[]): Coverage[] {
  const document = openApiOf(service) as unknown as Paths;
  const names = Object.values(document.paths).flatMap(({ get }) =>
    (get?.parameters ?? []).map(({ name, $ref }) => name ?? `$${($ref ?? '').replace(/.*\//, '')}`),
  );
  return [...new Set(names.filter((name) => name.startsWith('$')))].map((name) =>
    coverage(`${service} ${name}`, cases, ({ request }) => request.url.includes(`${name}=`)),
  );
}

/** A property is touched by a request that names it, and by an answer that is checked against a schema that holds its type. */
function properties(service: ServiceName, cases: readonly ContractCase[]): Coverage[] {
  const { elements } = schemaOf(readCsdl(service));
  const types = Object.entries(elements).filter(
    (entry): entry is [string, CsdlElement] =>
      !Array.isArray(entry[1]) && /^(Entity|Complex)Type$/.test(entry[1].$Kind),
  );
  return types.flatMap(([type, element]) =>
    propertiesOf(element).map(([property]) =>
      coverage(`${service} ${type}.${property}`, cases, (item) => names(item, property) || reads(item, type)),
    ),
  );
}

function names({ request }: ContractCase, property: string): boolean {
  return new RegExp(`\\b${property}\\b`).test(request.url);
}

function reads({ expect, promised }: ContractCase, type: string): boolean {
  return [expect, promised?.expect].some((item) => item?.schema !== undefined && typesOf(item.schema).includes(type));
}

/** By schema name, read once: there are as many questions as cases times properties. */
let typesBySchema: ReadonlyMap<string, readonly string[]> | undefined;

function typesOf(schema: string): readonly string[] {
  typesBySchema ??= new Map(
    answers().map(({ name, schema: { definitions } }) => [name, Object.keys(definitions ?? {})]),
  );
  return typesBySchema.get(schema) ?? [];
}

function errorClasses(service: ServiceName | 'token', cases: readonly ContractCase[]): Coverage[] {
  return ERROR_CLASSES[service].map((status) =>
    coverage(`${service} ${status}`, cases, ({ expect }) => allows(expect, status)),
  );
}

const allows = ({ status }: Expectation, wanted: number): boolean =>
  typeof status === 'number' ? status === wanted : status.includes(wanted);

function coverage(part: string, cases: readonly ContractCase[], touches: (item: ContractCase) => boolean): Coverage {
  return { part, cases: cases.filter(touches).map(({ key }) => key) };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
