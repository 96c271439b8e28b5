/** What a file of `contract --cases` may hold (docs/own-cases.md); schemas/cases.schema.json is made from these types. */

export interface CaseFile {
  /** Of this file, for editors. */
  $schema?: string;
  /**
   * Folder of the report; files of the same name are one. Default: the folder that the file is in.
   * @maxLength 100
   * @pattern ^\S(.*\S)?$
   */
  folder?: string;
  /** What the cases are about, in a sentence. */
  about?: string;
  /**
   * Sent in this order.
   * @minItems 1
   */
  cases: OwnCase[];
}

export interface OwnCase {
  /**
   * Unique among all cases, ours included.
   * @maxLength 100
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]*$
   */
  id: string;
  /**
   * The promise as a sentence; unique in its folder.
   * @maxLength 200
   * @pattern ^\S(.*\S)?$
   */
  name: string;
  /** What breaking the promise means: wrong `data`, a failing client (`contract`, the default), or a stumbling reader (`shape`). */
  severity?: 'data' | 'contract' | 'shape';
  /**
   * What the promise rests on: an http or https link, or a text.
   * @maxLength 500
   * @pattern ^\S(.*\S)?$
   */
  cite?: string;
  /**
   * What is said there, in one sentence.
   * @maxLength 1000
   */
  says?: string;
  /** Profiles that the case belongs to; both, when left out. */
  profiles?: ('adg' | 'icd')[];
  request: OwnRequest;
  expect: OwnExpectation;
  /** Values of the JSON answer for later cases of the folder: JSON pointer by the name of a variable. */
  save?: Record<string, Pointer>;
  /** What it costs a real service beyond what its address shows; such a case is sent only with `--intrusive`. */
  costs?: ('leaks a connection' | 'logs an exception' | 'failed login' | '$value grant')[];
}

export interface OwnRequest {
  /** Default: GET. */
  method?: 'GET' | 'HEAD';
  /**
   * Begins with a service of the environment, e.g. `{{auxip_root_uri}}/Products?$top=1`. `{{name}}` is a variable of the environment, or
   * what an earlier case of the folder saved.
   * @maxLength 4000
   */
  url: string;
  headers?: Record<string, string>;
  /** `none` sends no token. */
  auth?: 'token' | 'none';
}

/** What is left out is not looked at. */
export interface OwnExpectation {
  /** One, or several of which any will do. */
  status: Status | Status[];
  /**
   * Without parameters, e.g. `application/json`.
   * @pattern ^[^\s;/]+/[^\s;/]+$
   */
  mediaType?: string;
  /** Regular expressions by name; null: there is none. */
  headers?: Record<string, Pattern | null>;
  /** What the body matches as a text. */
  text?: Pattern;
  /** JSON Schema (draft-07) of the whole body. */
  schema?: SchemaReference;
  /** Values in the JSON body. */
  body?: OwnMember[];
}

export interface OwnMember {
  pointer: Pointer;
  /** Exactly this value; a text may have `{{variables}}`. */
  equals?: unknown;
  /** What a text matches. */
  matches?: Pattern;
  schema?: SchemaReference;
  /** Whether there is such a member. */
  exists?: boolean;
}

/**
 * @asType integer
 * @minimum 100
 * @maximum 599
 */
export type Status = number;

/**
 * JSON pointer (RFC 6901); empty for the whole body.
 * @maxLength 1000
 * @pattern ^(/([^~/]|~[01])*)*$
 */
export type Pointer = string;

/**
 * Regular expression (ECMAScript) that matches anywhere unless it has `^` or `$`.
 * @maxLength 1000
 */
export type Pattern = string;

/** A schema as it is, a file with one below the folder of cases, or the name of one in schemas/json such as `auxip.products`. */
export type SchemaReference = string | { [keyword: string]: unknown };
