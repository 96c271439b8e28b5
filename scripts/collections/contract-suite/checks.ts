/**
 * What a script looks at in an answer beyond status, headers and schema: `is` names a check of events/contract/checks, the rest
 * is its data.
 */
import type { AttributeType, Filter } from './filter';
import type { Template } from './contract-case';

export type Check = GeneralCheck | CatalogueCheck | BaselineCheck | TokenCheck | StoreCheck;

export type GeneralCheck =
  /** The body is exactly this JSON value, or this text. */
  | { readonly is: 'body'; readonly equal: unknown }
  /** The body matches the regular expression. */
  | { readonly is: 'body-matching'; readonly pattern: string }
  /** The member at a JSON pointer is exactly this; null: there is none. */
  | { readonly is: 'member'; readonly pointer: string; readonly equal: Template | number | null }
  /** Keeps a text or number of the JSON answer, at a JSON pointer (RFC 6901), as a variable. */
  | { readonly is: 'keep'; readonly pointer: string; readonly as: string }
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
  /** Exactly the rows of the sample that the query options choose, as they stand there. */
  | {
      readonly is: 'catalogue-rows';
      readonly filter?: Filter;
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
  | { readonly is: 'catalogue-entry'; readonly id: Template; readonly expand?: boolean }
  /** One property of an entry, equal to that of its row. */
  | {
      readonly is: 'catalogue-property';
      readonly id: Template;
      readonly property: string;
      readonly context: Template;
    }
  /** The attributes of an entry, all or of one type, equal to those of its row. */
  | { readonly is: 'catalogue-attributes'; readonly id: Template; readonly type?: AttributeType };

export type BaselineCheck =
  /** The baseline of the sample interval is read for the first time; kept for the other cases. */
  | { readonly is: 'baseline-sample' }
  /** Exactly the sample's products wholly inside [start, stop], each with its files. */
  | { readonly is: 'baseline-within'; readonly start: Template; readonly stop: Template }
  /** Exactly the products named (comma-separated), each with the files it has in the sample. */
  | { readonly is: 'baseline-of'; readonly names: Template };

export type TokenCheck =
  /** Claims of the access token and of the refresh token agree with each other, with the answer and with the account. */
  | { readonly is: 'token-claims'; readonly username: Template; readonly roles: readonly string[] }
  /** Makes tokens that must be refused of the one that was given: `token_tampered`, `token_promoted`, `token_unsigned`, `token_cut`. */
  | { readonly is: 'token-forgeries' }
  /** The answer brings another token than the variable holds. */
  | { readonly is: 'token-new'; readonly than: string };

export type StoreCheck =
  /** `Location` is an address presigned for ten minutes, of this file, at another host; kept as `store_url`, with forgeries of it. */
  | { readonly is: 'presigned'; readonly id: Template; readonly name: Template; readonly clockMoved?: boolean }
  /** The whole file: as long as the catalogue says, with its MD5; kept for the ranges. */
  | { readonly is: 'file'; readonly length: Template; readonly md5: Template }
  /** The bytes from `from` to before `to` of the file, and the header says so. Negative: from the end. */
  | { readonly is: 'file-range'; readonly from: number; readonly to?: number }
  /** An XML error of the store with this code. */
  | { readonly is: 'store-error'; readonly code: readonly string[] };
