/** One difference between what schemas/ say and what a service sends, as a line of a diff. */
export interface Change {
  /** Only in schemas/, only at the service, or different. */
  readonly sign: '-' | '+' | '~';
  /** `property Name`, or a JSON Pointer with `*` for the rows of a list. */
  readonly what: string;
  readonly expected?: string;
  readonly got?: string;
}

/** What was found out about one thing that was asked for. */
export interface Compared {
  /** `auxip.svc $metadata, entity type Product`. */
  readonly resource: string;
  readonly changes: readonly Change[];
}
