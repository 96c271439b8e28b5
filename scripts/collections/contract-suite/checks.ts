/**
 * What a script looks at in an answer beyond status, headers and schema: `is` names a check of events/contract/checks, the rest
 * is its data.
 */
import type { AdfQuery, AdfSet, BaselineParameters } from './adf-query';
import type { Filter } from './filter';
import type { Template } from './contract-case';

export type Check = GeneralCheck | CatalogueCheck | BaselineCheck | AdfCheck | TokenCheck | StoreCheck;

export type GeneralCheck =
  /** The body is exactly this JSON value, or this text. */
  | { readonly is: 'body'; readonly equal: unknown }
  /** The body matches the regular expression. */
  | { readonly is: 'body-matching'; readonly pattern: string }
  /** The member at a JSON pointer is exactly this; null: there is none. */
  | { readonly is: 'member'; readonly pointer: string; readonly equal: Template | number | null }
  /** Keeps a text or number of the JSON answer, at a JSON pointer (RFC 6901), as a variable. */
  | { readonly is: 'keep'; readonly pointer: string; readonly as: string };

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
      readonly top?: number;
      readonly skip?: number;
      readonly select?: readonly string[];
      readonly expand?: boolean;
      readonly count?: boolean;
    }
  /** One entry, equal to its row of the sample. */
  | { readonly is: 'catalogue-entry'; readonly id: Template; readonly expand?: boolean };

export type BaselineCheck =
  /** The baseline of the sample interval is read for the first time; kept for the other cases. */
  | { readonly is: 'baseline-sample' }
  /** Exactly the sample's products wholly inside [start, stop], each with its files. */
  | { readonly is: 'baseline-within'; readonly start: Template; readonly stop: Template }
  /** Exactly the products named (comma-separated), each with the files it has in the sample. */
  | { readonly is: 'baseline-of'; readonly names: Template };

/** Of reprocessing.svc (auxip.md §5). */
export type AdfCheck =
  /** A set is read for the first time: complete, each row true to itself; kept for the other cases. */
  | { readonly is: 'adf-sample'; readonly of: AdfSet }
  /** Exactly the rows of the sample that the query options choose, as they stand there. */
  | ({ readonly is: 'adf-rows' } & AdfQuery)
  /** `/$count` of the same query: a number in JSON, of the rows after $top and $skip unless `ofAll`. */
  | ({ readonly is: 'adf-count'; readonly ofAll?: boolean } & AdfQuery)
  /** One entry, equal to its row of the sample. */
  | { readonly is: 'adf-entry'; readonly of: AdfSet; readonly key: Template; readonly expand?: readonly string[] }
  /** A property of one entry, or what it leads to, equal to that of its row in the sample. */
  | { readonly is: 'adf-member'; readonly of: AdfSet; readonly key: Template; readonly member: string }
  /** The files of the sample that apply, among others; `asList`: the names are those that the list had. */
  | {
      readonly is: 'adf-baseline';
      readonly form: 'List' | 'Names';
      readonly parameters: BaselineParameters;
      readonly asList?: boolean;
    }
  /** The catalogue has the files of a part of the sample, under the same ids; asks again for the next part. */
  | { readonly is: 'adf-in-catalogue' };

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
