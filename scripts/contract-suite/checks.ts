/**
 * What a script looks at in an answer beyond status, headers and schema: `is` names a check of contract-suite/engine/checks, the rest
 * is its data.
 */
import type { AdfQuery, AdfSet, BaselineParameters, DrawnSet } from './adf-query';
import type { AttributeType, Filter } from './filter';
import type { Template } from './contract-case';
import type { QuirkName } from './quirks';

export type Check =
  | GeneralCheck
  | CatalogueCheck
  | AdfCheck
  | BaselineCheck
  | SelectionCheck
  | QuirkCheck
  | TokenCheck
  | StoreCheck;

export type GeneralCheck =
  /** The body is exactly this JSON value, or this text. */
  | { readonly is: 'body'; readonly equal: unknown }
  /** The body matches the regular expression. */
  | { readonly is: 'body-matching'; readonly pattern: string }
  /** The member at a JSON pointer is exactly this; null: there is none. */
  | { readonly is: 'member'; readonly pointer: string; readonly equal: Template | number | null }
  /** Keeps a header as it came. */
  | { readonly is: 'keep-header'; readonly name: string; readonly as: string }
  /** Keeps status and body, or compares them with those that were kept: two mistakes that must not be told apart. */
  | { readonly is: 'keep-refusal' | 'same-refusal'; readonly as: string }
  /** Keeps a text or number of the JSON answer, at a JSON pointer (RFC 6901), as a variable. */
  | { readonly is: 'keep'; readonly pointer: string; readonly as: string }
  /** The media type, whatever its parameters. */
  | { readonly is: 'media-type'; readonly type: string }
  /** The value at a JSON pointer: this one, matching, fitting a JSON Schema, or just there; what is left out is not looked at. */
  | {
      readonly is: 'value';
      readonly pointer: string;
      readonly equal?: unknown;
      readonly pattern?: string;
      readonly schema?: object;
      readonly exists?: boolean;
    }
  /** `$metadata` declares exactly these elements (model-lines.ts). */
  | { readonly is: 'service-model'; readonly lines: readonly string[] };

/** A key of `$orderby`. */
export interface Order {
  /** Property or path, e.g. `ContentDate/Start`. */
  readonly by: string;
  readonly descending?: boolean;
}

export type CatalogueCheck =
  /** The rows of the sample are read for the first time: complete, each true to its own name; kept for the other cases. */
  | { readonly is: 'catalogue-sample' }
  /** The sample could not be read: another one is drawn. */
  | { readonly is: 'catalogue-sample-again' }
  /** The names in `names_terms` each once, and no others; then the next ones, until all of the sample have been asked for. */
  | { readonly is: 'catalogue-names' }
  /** Entries of a drawn part of the catalogue, each true to itself; asks again for the next part. */
  | { readonly is: 'catalogue-draw' }
  /** The drawn part cannot be read: asks for the next one. */
  | { readonly is: 'catalogue-draw-next' }
  /** A window of ids, true to itself or, asked for in another way, the same as before; asks again for the next way or window. */
  | { readonly is: 'catalogue-sweep' }
  /** The window cannot be read: asks for the next one. */
  | { readonly is: 'catalogue-sweep-next' }
  /** An entry of a window, equal to its row in the list; asks again for the next one. */
  | { readonly is: 'catalogue-entry-by-id' }
  /** Exactly the rows of the sample that the query options choose, as they stand there. */
  | {
      readonly is: 'catalogue-rows';
      readonly filter?: Filter;
      /** The whole catalogue is asked: entries outside the sample may come as well, if the filter chooses them. */
      readonly beyond?: boolean;
      readonly orderBy?: readonly Order[];
      readonly top?: number | Template;
      readonly skip?: number | Template;
      readonly select?: readonly string[];
      readonly expand?: boolean;
      readonly count?: boolean;
      /** How many annotations the rows carry; `minimal`, when left out. */
      readonly metadata?: 'none' | 'minimal' | 'full';
      /** Numbers of 64 bits as texts. */
      readonly ieee754?: boolean;
    }
  /** The whole sample by id, as Atom. */
  | { readonly is: 'catalogue-atom' }
  /** Exactly the rows of the sample whose values stand in `shown_terms`; then the next few, until all have been asked for. */
  | { readonly is: 'catalogue-shown' }
  /** A page of the whole catalogue, of which only its form is known: so many distinct rows, with a link to the next one or without. */
  | {
      readonly is: 'catalogue-page';
      /** Any number, when left out. */
      readonly rows?: number;
      readonly nextLink?: boolean;
      /** Id of the first row. */
      readonly first?: Template;
      /** Every id is behind this one. */
      readonly behind?: Template;
    }
  /** One entry, equal to its row of the sample. */
  | {
      readonly is: 'catalogue-entry';
      readonly id: Template;
      readonly expand?: boolean;
      /** Numbers of 64 bits as texts. */
      readonly ieee754?: boolean;
    }
  /** One property of an entry, equal to that of its row. */
  | {
      readonly is: 'catalogue-property';
      readonly id: Template;
      readonly property: string;
      readonly context: Template;
    }
  /** The attributes of an entry, all or of one type, equal to those of its row. */
  | { readonly is: 'catalogue-attributes'; readonly id: Template; readonly type?: AttributeType };

/** An entry without files. */
export interface EmptyEntry {
  readonly level0: Template;
  /** Whether the message says that the name is in the data base. */
  readonly known: boolean;
}

export type BaselineCheck =
  /** Names of the interval's products, kept. */
  | { readonly is: 'level0-keep'; readonly as: string }
  /** The interval's products are those of the kept parts together. */
  | { readonly is: 'level0-union'; readonly of: readonly string[] }
  /** The baseline of the sample interval is read for the first time; kept for the other cases. */
  | { readonly is: 'baseline-sample' }
  /** The whole sample, as Atom. */
  | { readonly is: 'baseline-atom' }
  /** Exactly the sample's products wholly inside [start, stop], each with its files. */
  | { readonly is: 'baseline-within'; readonly start: Template; readonly stop: Template }
  /**
   * Exactly the products named (comma-separated), each with the files it has in the sample: all of them, those of the types
   * common to Sentinel-3, or none.
   */
  | { readonly is: 'baseline-of'; readonly names: Template; readonly files?: 'common' | 'none' }
  /** Exactly these entries, all without files. */
  | { readonly is: 'baseline-empty'; readonly entries: readonly EmptyEntry[]; readonly metadata?: 'none' | 'full' }
  /** Products inside [start, stop] and files of this satellite, whichever they are. */
  | {
      readonly is: 'baseline-satellite';
      readonly mission: Template;
      readonly unit: Template;
      readonly start: Template;
      readonly stop: Template;
    }
  /** The product named has files, and not just those it has in the sample. */
  | { readonly is: 'baseline-other-files'; readonly name: Template }
  /** The intervals of `interval_samples` and parts of them, each with exactly its products; asks again for the next part. */
  | { readonly is: 'interval-samples' }
  /** Asks auxip.svc for the files that baselines named, some at a time: each is there once, under the id of its link, and true to itself. */
  | { readonly is: 'baseline-in-catalogue' }
  /** Some of them cannot be read: asks for the next ones. */
  | { readonly is: 'baseline-in-catalogue-next' };
/** Steps of the selection rules; each sends its request as often as the samples need. */
export type SelectionCheck =
  /** The types of reprocessing.svc come in and the first sample is prepared. */
  | { readonly is: 'selection-types' }
  /** The baseline of a sample comes in; the next sample is prepared. */
  | { readonly is: 'selection-baselines' }
  /** Candidates of some types come in: the rule is applied, and its choice compared with the baseline's. */
  | { readonly is: 'selection-candidates' }
  /** The catalogue's entries for files that the rule chooses and the baseline lacks. */
  | { readonly is: 'selection-catalogue' }
  /** Candidates around a product come in; names are made whose times lie at their edges. */
  | { readonly is: 'selection-edge-candidates' }
  /** The baselines of those names: the rules are applied, and their choice compared. */
  | { readonly is: 'selection-edges' }
  /** A sample is asked for once more. */
  | { readonly is: 'selection-again' };

export type QuirkCheck =
  /** A product of the platform has files; the first of them forgets what was seen before. */
  | { readonly is: 'quirk-platform'; readonly platform: string; readonly isFirst?: boolean }
  /** A baseline is kept as a variable. */
  | { readonly is: 'quirk-keep'; readonly as: string }
  /** The baseline is the same as the kept one; otherwise the quirk is the likely cause. */
  | { readonly is: 'quirk-same'; readonly as: string; readonly quirk: QuirkName }
  /** A filter for a product's files that belong to an instrument configuration, as a variable. */
  | { readonly is: 'quirk-configured-files'; readonly as: string }
  /** The configurations of those files, as a variable; compared with those of another unit. */
  | { readonly is: 'quirk-configurations'; readonly as: string; readonly beside?: string };

/** Of reprocessing.svc (reprocessing.md). */
export type AdfCheck =
  /** The types are as their operators published them; rules as in the list, or as in the processors' task tables. */
  | { readonly is: 'adf-published'; readonly rules: 'list' | 'task-tables' }
  /** A set is read for the first time: distinct rows, each true to itself; kept for the other cases. */
  | { readonly is: 'adf-sample'; readonly of: AdfSet }
  /** The levels of all types, which the sample of types needs besides: the service cannot expand both lists at once. */
  | { readonly is: 'adf-type-levels' }
  /** Exactly the rows of the sample that the query options choose, as they stand there; `countAll`: counted without $top, $skip. */
  | ({ readonly is: 'adf-rows'; readonly countAll?: boolean } & AdfQuery)
  /** `/$count` of the same query: a number in JSON, of the rows after $top and $skip unless `countAll`. */
  | ({ readonly is: 'adf-count'; readonly countAll?: boolean } & AdfQuery)
  /** One entry, equal to its row of the sample. */
  | { readonly is: 'adf-entry'; readonly of: AdfSet; readonly key: Template; readonly expand?: readonly string[] }
  /** The drawn entry that was asked for, equal to its row of the sample; asks again for the next one. */
  | { readonly is: 'adf-drawn'; readonly of: DrawnSet; readonly expand: readonly string[] }
  /** It could not be read: only asks for the next one. */
  | { readonly is: 'adf-drawn-next'; readonly of: DrawnSet }
  /** A property of one entry, or what it leads to, equal to that of its row in the sample. */
  | { readonly is: 'adf-member'; readonly of: AdfSet; readonly key: Template; readonly member: string }
  /** The files of the sample that apply, among others; `asList`: the names are those that the list before had. */
  | {
      readonly is: 'adf-baseline';
      readonly form: 'List' | 'Names';
      readonly parameters: BaselineParameters;
      readonly asList?: boolean;
    }
  /** Files for periods of every mission, in the list and in the names; asks again for the next period. */
  | { readonly is: 'adf-periods' }
  /** The catalogue has the files of a part of the sample, under the same ids; asks again for the next part. */
  | { readonly is: 'adf-in-catalogue' };

export type TokenCheck =
  /** Claims of the access token and of the refresh token agree with each other, with the answer and with the account. */
  | { readonly is: 'token-claims'; readonly username: Template; readonly roles: readonly string[] }
  /** Makes tokens that must be refused of the one that was given: `token_tampered`, `token_promoted`, `token_unsigned`, `token_cut`. */
  | { readonly is: 'token-forgeries' }
  /** Keeps the variable with upper and lower case exchanged; not where that changes nothing. */
  | { readonly is: 'other-case'; readonly of: string; readonly as: string }
  /** The answer brings another token than the variable holds. */
  | { readonly is: 'token-new'; readonly than: string };

/** A small file, a larger one of another mission, and one after the other of each mission. */
export type DrawnFile = 'file' | 'large' | 'next';

export type StoreCheck =
  /** A file to ask the store for: id, name, length, place of its last byte and MD5 are kept under this name; asks again where none came. */
  | { readonly is: 'file-drawn'; readonly as: DrawnFile }
  /** `Location` is an address presigned for ten minutes, of this file, at another host; kept as `store_url`, with forgeries of it. */
  | { readonly is: 'presigned'; readonly id: Template; readonly name: Template }
  /** The whole file: as long as the catalogue says, with its MD5; kept for the ranges. */
  | { readonly is: 'file'; readonly length: Template; readonly md5: Template }
  /** The bytes from `from` to before `to` of the file, and the header says so. Negative: from the end. */
  | { readonly is: 'file-range'; readonly from: number; readonly to?: number }
  /** The byte at the end of a file of so many bytes, and nothing else. */
  | { readonly is: 'last-byte'; readonly length: Template }
  /** An XML error of the store with this code. */
  | { readonly is: 'store-error'; readonly code: readonly string[] };
