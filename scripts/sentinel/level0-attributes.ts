/** Choosing ADF types by what an L0 name says of the acquisition (rdb.md#level-0-attributes); in effect for S1SAR only. */

/** One row of rdb.svc's auxtype_l0parametervalues. */
export interface AttributeRow {
  /** LongName of the ADF type. */
  readonly type: string;
  readonly attribute: string;
  readonly value: string;
}

/**
 * The rows as the services' operators published them (s1_auxtype_l0attributes.csv, rdb.md#level-0-attributes), as far as they name a type. Whether a
 * service has loaded them, its answers for L2OCN tell: without them every product has the files of both types.
 */
export const PUBLISHED_ATTRIBUTE_ROWS: readonly AttributeRow[] = [
  { type: 'AMV_ERRMAT_MPC', attribute: 'Polarization', value: 'V' },
  { type: 'AMH_ERRMAT_MPC', attribute: 'Polarization', value: 'H' },
];

const POSITIONS = new Map([
  ['Mode', [4, 6]],
  ['Polarization', [15, 16]],
] as const);

/** `IW`, `EW`, `WV`, `S1`… for Mode, `V` or `H` for Polarization; undefined for an attribute the service does not know. */
export function level0Attribute(level0: string, attribute: string): string | undefined {
  for (const [known, [begin, end]] of POSITIONS) if (known === attribute) return level0.slice(begin, end);
  return undefined;
}

/**
 * Whether the L0 has, for every attribute configured for the type, one of the configured values; a type without rows
 * passes. Undefined when a row names an unknown attribute: that is an exception in the service and ends the walk.
 */
export function hasAttributes(level0: string, type: string, rows: readonly AttributeRow[]): boolean | undefined {
  const own = rows.filter((row) => row.type === type);
  const attributes = [...new Set(own.map((row) => row.attribute))];
  const values = attributes.map((attribute) => level0Attribute(level0, attribute));
  if (values.includes(undefined)) return undefined;
  return attributes.every((attribute, index) =>
    own.some((row) => row.attribute === attribute && row.value === values[index]),
  );
}
