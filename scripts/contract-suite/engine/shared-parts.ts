import type { Cost } from '../../services/request-costs';
import type { Expectation, Profile } from '../contract-case';

export interface Conditions {
  readonly profiles?: readonly Profile[];
  readonly needs?: readonly string[];
  /** Names of requests of the folder that must have been sent before. */
  readonly after?: readonly string[];
  /** Of a case that a real service is asked only where that was allowed. */
  readonly costs?: readonly Cost[];
}

/** An expectation of which a part is shared: that of the name comes first, then what is written with it. */
export type SharedExpectation = Partial<Expectation> & { readonly like?: string };

/** What the scripts of many cases have in common. The generator collects it; it is in the collection once. */
export interface SharedParts {
  /** Answers by name, as `like` names them. */
  readonly answers: Readonly<Record<string, Expectation>>;
  /** By folder: conditions, and the names of the requests that have them. */
  readonly conditions: Readonly<Record<string, readonly (readonly [Conditions, readonly string[]])[]>>;
}

export const NO_SHARED_PARTS: SharedParts = { answers: {}, conditions: {} };

/** The whole expectation. @throws Error for a name that is not shared */
export function wholeExpectation({ like, ...own }: SharedExpectation, { answers }: SharedParts): Expectation {
  const { status, ...shared } = like === undefined ? { status: own.status } : (answers[like] ?? { status: undefined });
  const whole = { ...shared, ...own, status: own.status ?? status };
  if (whole.status === undefined) throw new Error(`No answer is called ${JSON.stringify(like)}.`);
  return { ...whole, status: whole.status };
}

/** Conditions of a request; empty where it has none. */
export function conditionsOf(folder: string, request: string, { conditions }: SharedParts): Conditions {
  return conditions[folder]?.find(([, names]) => names.includes(request))?.[0] ?? {};
}
