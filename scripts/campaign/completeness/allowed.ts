/** `--allow-missing`: types that may be missing are no errors, whether a campaign is judged now or was when its lock was written. */
import type { CellFinding, CompletenessMatrix } from '../../matrix/matrix';
import { concernsTypes } from '../../errors/errors';
import type { Completeness, CompletenessError } from './judgement';

interface Judged {
  readonly completeness: Completeness;
  readonly matrix?: CompletenessMatrix;
}

/** A type that may be missing may be in some of the answers only. */
const MAY_BE_ALLOWED: ReadonlySet<string> = new Set<CompletenessError['code']>([
  'ADF_TYPE_MISSING',
  'ADF_FILES_MISSING',
  'ADF_ANSWERS_DIFFER',
]);

/** @param types LongNames */
export function withAllowed(
  errors: readonly CompletenessError[],
  types: readonly string[],
): Pick<Completeness, 'errors' | 'allowed'> {
  const allowed: { type: string; level0: number }[] = [];
  const remaining = errors.flatMap((error): CompletenessError[] => {
    if (!MAY_BE_ALLOWED.has(error.code) || !concernsTypes(error)) return [error];
    const wrong = error.types.filter(({ type }) => !types.includes(type));
    for (const { type, level0 } of error.types) if (types.includes(type)) allowed.push({ type, level0 });
    return wrong.length > 0 ? [{ ...error, types: wrong }] : [];
  });
  return { errors: remaining, allowed };
}

/** What was judged before, with more types that may be missing. */
export function allowing({ completeness, matrix }: Judged, types: readonly string[]): Judged {
  const { errors, allowed } = withAllowed(completeness.errors, types);
  return {
    completeness: { ...completeness, errors, allowed: [...completeness.allowed, ...allowed] },
    ...(matrix ? { matrix: { ...matrix, types: matrix.types.map((row) => allowedRow(row, types)) } } : {}),
  };
}

type Row = CompletenessMatrix['types'][number];

function allowedRow(row: Row, types: readonly string[]): Row {
  if (!types.includes(row.type)) return row;
  const isType = ({ state, why }: CellFinding): boolean => state === 'missing' && why === 'type';
  return { ...row, findings: row.findings.map((found) => (isType(found) ? { ...found, why: 'allowed' } : found)) };
}
