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
  /** In the order of the answer, up to the first one with an unknown rule: rdb.svc forgets all after it (reprocessing.md#adf-types). */
  readonly types: readonly AdfType[];
  /** LongName and rule of that one. */
  readonly unknownRule?: string;
}

/** All methods throw Failure: what `Api.get` throws, ANSWER_NOT_JSON, ANSWER_BREAKS_SCHEMA. */
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
    const value = truncated ? undefined : valueOf(text);
    if (value) return value;
    const request = asked('GET', url);
    const excerpt = truncated ? 'the answer is too long' : parseErrorBody(text).message;
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

/** The rows of an OData collection; undefined for any other text. */
function valueOf(text: string): readonly Row[] | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const value: unknown = isRecord(body) ? body.value : undefined;
  return Array.isArray(value) && value.every(isRecord) ? value : undefined;
}

function readTypes(rows: readonly Row[]): ListedTypes {
  const types: AdfType[] = [];
  for (const row of rows) {
    const rule = SELECTION_RULE_NAMES.find((known) => known === row.Rule);
    if (!rule) return { types, unknownRule: `${textOf(row.LongName)} ${textOf(row.Rule)}` };
    types.push({
      longName: textOf(row.LongName),
      shortName: textOf(row.ShortName),
      mission: textOf(row.Mission),
      productTypes: (Array.isArray(row.ProductTypes) ? row.ProductTypes : [])
        .filter(isRecord)
        .map((item) => textOf(item.Type)),
      rule,
      variability: row.Variability === 'Static' ? 'Static' : 'Dynamic',
      validity: row.Validity === 'AnyTime' ? 'AnyTime' : 'ValidityPeriod',
      format: textOf(row.Format),
    });
  }
  return { types };
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
