import { describe } from '../../errors/messages';
import { concernsTypes, type AuxflowError } from '../../errors/errors';
import type { ReportedCompleteness } from './run-report';

/** A test case of the completeness of baselines. */
export interface CompletenessCase {
  readonly name: string;
  readonly outcome?: 'failure';
  /** Why it failed, or what is good to know. */
  readonly note?: string;
}

/** One case per ADF type that is wanted, and one per error that concerns no type. */
export function completenessCases({ types, errors, allowed, doubts }: ReportedCompleteness): CompletenessCase[] {
  const ofType = new Map<string, AuxflowError[]>();
  for (const error of errors.filter(concernsTypes))
    for (const item of error.types)
      ofType.set(item.type, [...(ofType.get(item.type) ?? []), { ...error, types: [item] }]);
  const foreign = [...ofType.keys()].filter((name) => !types.some(({ type }) => type === name));
  const known = types.map(({ type, rule }) => ({ type, name: `${type} by ${rule}` }));
  const cases = [...known, ...foreign.map((type) => ({ type, name: type }))].map(({ type, name }): CompletenessCase => {
    const found = ofType.get(type) ?? [];
    if (found.length > 0) return { name, outcome: 'failure', note: found.map(sentence).join('\n') };
    const notes = [
      ...allowed.filter((item) => item.type === type).map(({ level0 }) => `Missing for ${level0}, as allowed.`),
      ...doubts
        .filter((item) => item.type === type)
        .map(({ level0, reason }) => `Not judged for ${level0}: ${reason}.`),
    ];
    return notes.length > 0 ? { name, note: notes.join('\n') } : { name };
  });
  const others = errors.filter((error) => !concernsTypes(error));
  return [
    ...cases,
    ...others.map((error) => ({ name: error.code, outcome: 'failure' as const, note: sentence(error) })),
  ];
}

function sentence(error: AuxflowError): string {
  const { headline, expected, came } = describe(error);
  return [headline, expected && `Expected ${expected}.`, came && `Received ${came}.`].filter(Boolean).join(' ');
}
