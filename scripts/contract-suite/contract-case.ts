import type { CitationId } from './citations';
import type { Cost } from '../services/request-costs';
import type { Check } from './checks';

/** What the service is measured by: `adg` as it was recorded to answer, `icd` by the official AUXIP specification. */
export type Profile = 'adg' | 'icd';

/**
 * Where a promise stands: in the published manuals, in a recording of the service, in the AUXIP specification, in a published
 * configuration, on the command line, or where the user says (`own`).
 */
export type Basis = 'documented' | 'observed' | 'icd' | 'published' | 'required' | 'own';

/**
 * What breaking the promise means for a caller: `data` the wrong files, or a wrong belief that files are right; `contract`
 * a program that keeps to the manuals fails; `shape` a reader may stumble.
 */
export type Severity = 'data' | 'contract' | 'shape';

/** What the user's own case rests on. */
export interface OwnCitation {
  readonly text: string;
  /** http or https. */
  readonly url?: string;
}

export interface Source<Cite = CitationId> {
  readonly basis: Basis;
  readonly cite: Cite;
  /** What stands there, in one sentence. */
  readonly says: string;
}

/** A text that may hold `{{variables}}` of the collection. */
export type Template = string;

export interface CaseRequest {
  readonly method?: string;
  /** Whole address, as it goes over the wire apart from `{{variables}}` and blanks. */
  readonly url: Template;
  readonly headers?: Readonly<Record<string, Template>>;
  /** `token` (the default) sends the bearer token of the suite's account; `none` sends none. */
  readonly auth?: 'token' | 'none';
  /** Fields of a form (application/x-www-form-urlencoded). */
  readonly form?: readonly (readonly [key: string, value: Template])[];
  /** A raw body. */
  readonly body?: string;
  /** Default: a redirect is an answer to look at. */
  readonly followRedirects?: boolean;
}

/** What an answer must be. What is left out is not looked at. */
export interface Expectation {
  readonly status: number | readonly number[];
  /** Whole header, e.g. `application/json;odata.metadata=minimal`; null: there must be none. */
  readonly contentType?: string | null;
  /** Regular expressions by header name; null: there must be none. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** OData error body (auxip.md#errors): code and whole message, in which `{{variables}}` are filled in. */
  readonly error?: { readonly code: string | null; readonly message: Template };
  /** Name of a schema under schemas/json. */
  readonly schema?: string;
  readonly checks?: readonly Check[];
  /** Made instead of all others when the status is another one: what it takes to go on. */
  readonly otherwise?: readonly Check[];
}

/** A promise that the service is known not to keep, beside what it does instead. */
export interface Promised extends Source {
  readonly expect: Expectation;
}

export interface ContractCase {
  /** Unique within the suite, kebab-case. */
  readonly key: string;
  /** The promise as a sentence. */
  readonly name: string;
  readonly severity: Severity;
  readonly source: Source<CitationId | OwnCitation>;
  /** Profiles that the case belongs to; both, when left out. */
  readonly profiles?: readonly Profile[];
  /** Variables without which the case cannot be tested; it is then said to be untested. */
  readonly needs?: readonly string[];
  /** Keys of earlier cases of the folder: what is promised here holds only after they were sent. */
  readonly after?: readonly string[];
  /** What it costs the service. In CASE_FOLDERS complete; a definition names only what request and expected status do not show. */
  readonly costs?: readonly Cost[];
  readonly request: CaseRequest;
  readonly expect: Expectation;
  /** A known deviation: the manuals or the specification promise this instead. Pinned; what the specification promises is demanded under `icd`. */
  readonly promised?: Promised;
}

/** Cases of one resource; a folder of the collection, that can be run on its own. */
export interface CaseFolder {
  readonly key: string;
  readonly name: string;
  /** Markdown. */
  readonly about: string;
  /** Its cases would disturb the others: it runs after them, alone. */
  readonly alone?: boolean;
  /** From a folder of the user's (`--cases`). */
  readonly isOwn?: true;
  readonly cases: readonly ContractCase[];
}
