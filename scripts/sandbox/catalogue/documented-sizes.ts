/** Real sizes, as far as they are known (auxip.md#attributes), for `--sizes documented`. */

const MEGABYTE = 1_000_000;

/** Type field of the name → bytes. */
const KNOWN: Readonly<Record<string, number>> = {
  AUX_UT1UTC: 0.035 * MEGABYTE,
  AUX_RESORB: 0.5 * MEGABYTE,
  AUX_POEORB: 5 * MEGABYTE,
  AUX_RESATT: 10 * MEGABYTE,
  AUX_ECMWFD: 8_326_253,
  OL_2_PPP_AX: 9.38 * MEGABYTE,
  OL_1_INS_AX: 430 * MEGABYTE,
  AX___MF1_AX: 360 * MEGABYTE,
  AX___MFA_AX: 360 * MEGABYTE,
  AX___MA1_AX: 820 * MEGABYTE,
  AX___MA2_AX: 750 * MEGABYTE,
  AX___MF2_AX: 3000 * MEGABYTE,
  SR_2_ODLEAX: 1800 * MEGABYTE,
  SR_2_CCT_AX: 1600 * MEGABYTE,
  SR_2_MSS2AX: 890 * MEGABYTE,
  SY_1_CDIBAX: 16_800 * MEGABYTE,
};

/** Bytes: [smallest, largest] of a family where the type itself is not documented. */
const RANGES: readonly (readonly [RegExp, number, number])[] = [
  [/_GIP_/, 3_039, 1 * MEGABYTE],
  [/^S3/, 8_000, 430 * MEGABYTE],
  [/./, 4_000, 10 * MEGABYTE],
];

/** Bytes of a file; `fraction` in [0, 1) says where in the range of its family, on a logarithmic scale. */
export function documentedSize(name: string, fraction: number): number {
  for (const [type, bytes] of Object.entries(KNOWN)) if (name.includes(type)) return bytes;
  const [, smallest, largest] = RANGES.find(([pattern]) => pattern.test(name)) ?? [undefined, 0, 0];
  return Math.round(smallest * (largest / smallest) ** fraction);
}
