/**
 * What a script looks at in an answer beyond status, headers and schema: `is` names a check of events/contract/checks, the rest
 * is its data.
 */
import type { Filter } from './filter';
import type { Template } from './contract-case';
import type { QuirkName } from './quirks';

export type Check = GeneralCheck | CatalogueCheck | BaselineCheck | SelectionCheck | QuirkCheck;

export type GeneralCheck =
  /** The body is exactly this JSON value, or this text. */
  | { readonly is: 'body'; readonly equal: unknown }
  /** The body matches the regular expression. */
  | { readonly is: 'body-matching'; readonly pattern: string }
  /** The body is an XML document of these tags, as `tagsOf` writes them. */
  | { readonly is: 'metadata'; readonly tags: readonly string[] }
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

/** An entry without files. */
export interface EmptyEntry {
  readonly level0: Template;
  /** Whether the message says that the name is in the data base. */
  readonly known: boolean;
}

export type BaselineCheck =
  /** The baseline of the sample interval is read for the first time; kept for the other cases. */
  | { readonly is: 'baseline-sample' }
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
  /** Asks auxip.svc for the sample's files, a few at a time: each is there once, under the id of its link. */
  | { readonly is: 'baseline-in-catalogue' };
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
