/** Judgements of several calls for baselines as one: counts are added, the first example stays. */
import { concernsTypes, type DeviatingType } from '../../errors/errors';
import type { ReportedType } from '../../reports/run/run-report';
import type { Completeness, CompletenessError } from './judgement';

export function addCompleteness(a: Completeness | undefined, b: Completeness): Completeness {
  if (!a) return b;
  const { judged, all } = a.level0;
  const level0 = { judged: judged + b.level0.judged, all: all + b.level0.all };
  const isRead = a.reason === undefined && b.reason === undefined;
  return {
    judgedAt: a.judgedAt > b.judgedAt ? a.judgedAt : b.judgedAt,
    source: isRead ? b.source : 'published table',
    reason: a.reason ?? b.reason,
    level0,
    types: merged([...a.types, ...b.types], ({ type }) => type, addedType),
    errors: addedErrors([...a.errors, ...b.errors]).map((error) =>
      concernsTypes(error) ? { ...error, of: level0.judged } : error,
    ),
    doubts: merged([...a.doubts, ...b.doubts], ({ type, reason }) => `${type} ${reason}`, addedCount),
    allowed: merged([...a.allowed, ...b.allowed], ({ type }) => type, addedCount),
    ...((a.otherwise ?? b.otherwise) ? { otherwise: a.otherwise ?? b.otherwise } : {}),
    unanswered: [...new Set([...(a.unanswered ?? []), ...(b.unanswered ?? [])])],
  };
}

/** In the order of their first coming. */
export function merged<Row>(rows: readonly Row[], keyOf: (row: Row) => string, add: (a: Row, b: Row) => Row): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const known = byKey.get(keyOf(row));
    byKey.set(keyOf(row), known === undefined ? row : add(known, row));
  }
  return [...byKey.values()];
}

/** Those of one cause as one. */
export function addedErrors(errors: readonly CompletenessError[]): CompletenessError[] {
  return merged(errors, causeOf, addedError);
}

function addedCount<Row extends { readonly level0: number }>(a: Row, b: Row): Row {
  return { ...a, level0: a.level0 + b.level0 };
}

/** What explains the fewest answers explains least: no deltas do where the answers are few. */
const DELTAS: readonly ReportedType['deltas'][] = ['zero', 'published', 'learned'];

function addedType(a: ReportedType, b: ReportedType): ReportedType {
  return {
    ...(DELTAS.indexOf(b.deltas) > DELTAS.indexOf(a.deltas) ? b : a),
    candidates: Math.max(a.candidates, b.candidates),
    level0: a.level0 + b.level0,
    deviating: a.deviating + b.deviating,
  };
}

/** All of an error that is no count and no example. */
function causeOf(error: CompletenessError): string {
  switch (error.code) {
    case 'ADF_TYPE_MISSING':
    case 'ADF_UNEXPECTED':
      return `${error.code} ${error.cause}`;
    case 'ADF_SUPERSEDED':
      return `${error.code} ${error.createdFrom}`;
    case 'ADF_VALIDITY_SHIFTED':
      return `${error.code} ${error.hours} ${error.where}`;
    case 'L0_LEFT_OUT':
      return `${error.code} ${error.from} ${error.to}`;
    case 'ADF_FILES_MISSING':
    case 'ADF_WRONG_FILE':
    case 'ADF_ANSWERS_DIFFER':
    case 'BASELINE_WITHOUT_FILES':
      return error.code;
  }
}

function addedError(a: CompletenessError, b: CompletenessError): CompletenessError {
  if (concernsTypes(a) && concernsTypes(b)) return { ...a, types: addedTypes([...a.types, ...b.types]) };
  if (a.code === 'BASELINE_WITHOUT_FILES' && b.code === a.code)
    return { ...a, others: (a.others ?? 0) + (b.others ?? 0) + 1 };
  return a;
}

function addedTypes(types: readonly DeviatingType[]): DeviatingType[] {
  return merged(types, ({ type }) => type, addedCount).toSorted((a, b) => b.level0 - a.level0);
}
