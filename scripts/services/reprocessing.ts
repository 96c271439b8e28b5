/** reprocessing.svc, reading only: ADF types with their rules, and the files that rdb.svc chooses from (reprocessing.md). */
import { asked, Failure } from '../errors/errors';
import type { AdfType } from '../sentinel/adf-types';
import { SELECTION_RULE_NAMES } from '../sentinel/selection-rules';
import type { Api } from './api';
import { parseErrorBody } from './error-body';
import { underRoot } from './service-url';
import { isRecord } from '../lib/read-json';

/** A file as reprocessing.svc lists it; times in epoch milliseconds. */
export interface ListedFile {
  /** Without blanks or newlines around it. */
  readonly name: string;
  readonly start: number;
  readonly stop: number;
  readonly creation: number;
}

export interface ListedTypes {
  /** In the order of the answer. */
  readonly types: readonly AdfType[];
  /** Those with a rule that is not known; rdb.svc forgets all after the first (reprocessing.md#adf-types). */
  readonly unknownRules: readonly Omit<AdfType, 'rule'>[];
}

/** All methods throw Failure: what `Api.get` throws, ANSWER_NOT_JSON. One page of several is no answer: the services have no pages. */
export interface Reprocessing {
  types(missions: readonly string[], signal?: AbortSignal): Promise<ListedTypes>;
  /** @param options query options of AuxFiles, in plain text. Rows without a name or a date are left out. */
  files(options: string, signal?: AbortSignal): Promise<readonly ListedFile[]>;
}

export interface ReprocessingOptions {
  /** e.g. https://auxiliary.copernicus.eu/reprocessing.svc */
  readonly root: string;
  readonly api: Pick<Api, 'get'>;
}

/** Some 600 bytes a row: more than 100 000 files are no answer to a bounded question. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export function createReprocessing({ root, api }: ReprocessingOptions): Reprocessing {
  async function rows(path: string, what: string, signal?: AbortSignal): Promise<readonly Row[]> {
    // A plus is a blank here (reprocessing.md#query-options), and in auxip.svc none: %20 is one everywhere.
    const url = underRoot(root, path.replaceAll(' ', '%20'));
    const accept = 'application/json';
    const { status, text, truncated } = await api.get({ url, accept, what, maxBytes: MAX_ANSWER_BYTES, signal });
    const { value, isPage }: ReadList = truncated ? {} : listIn(text);
    if (value && !isPage) return value;
    const request = asked('GET', url);
    const why = value ? 'the answer is one page of several' : parseErrorBody(text).message;
    const excerpt = truncated ? 'the answer is too long' : why;
    throw new Failure({ code: 'ANSWER_NOT_JSON', ...request, status, mediaType: '', excerpt });
  }

  return {
    async types(missions, signal) {
      const filter = missions.map((mission) => `Mission eq '${mission}'`).join(' or ');
      // Without ProductLevels: both lists together are a 500.
      return readTypes(await rows(`AuxTypes?$expand=ProductTypes&$filter=${filter}`, 'the ADF types', signal));
    },
    async files(options, signal) {
      return (await rows(`AuxFiles?${options}`, 'the auxiliary files', signal)).flatMap((row) => readFile(row) ?? []);
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

interface ReadList {
  readonly value?: readonly Row[];
  /** Whether more are to come. */
  readonly isPage?: boolean;
}

/** The rows of an OData collection; nothing for any other text. */
function listIn(text: string): ReadList {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return {};
  }
  if (!isRecord(body) || !Array.isArray(body.value) || !body.value.every(isRecord)) return {};
  return { value: body.value, isPage: '@odata.nextLink' in body };
}

function readTypes(rows: readonly Row[]): ListedTypes {
  const [types, unknownRules]: [AdfType[], Omit<AdfType, 'rule'>[]] = [[], []];
  for (const row of rows) {
    const type = readType(row);
    const rule = SELECTION_RULE_NAMES.find((known) => known === row.Rule);
    // Every name contains an empty text.
    if (type.longName === '') continue;
    if (rule) types.push({ ...type, rule });
    else unknownRules.push(type);
  }
  return { types, unknownRules };
}

function readType(row: Row): Omit<AdfType, 'rule'> {
  return {
    longName: textOf(row.LongName),
    shortName: textOf(row.ShortName),
    mission: textOf(row.Mission),
    productTypes: (Array.isArray(row.ProductTypes) ? row.ProductTypes : [])
      .filter(isRecord)
      .map((item) => textOf(item.Type)),
    variability: row.Variability === 'Static' ? 'Static' : 'Dynamic',
    validity: row.Validity === 'AnyTime' ? 'AnyTime' : 'ValidityPeriod',
    format: textOf(row.Format),
  };
}

function readFile(row: Row): ListedFile | undefined {
  const name = textOf(row.FullName).trim();
  const [start, stop, creation] = [row.ValidityStart, row.ValidityStop, row.CreationDate].map(instantOf);
  if (name === '' || start === undefined || stop === undefined || creation === undefined) return undefined;
  return { name, start, stop, creation };
}

/** `2015-06-22T00:00Z[GMT]`: Java's text of a time with its zone. */
function instantOf(javaTime: unknown): number | undefined {
  const time = Date.parse(textOf(javaTime).replace(/\[.*\]$/, ''));
  return Number.isNaN(time) ? undefined : time;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
