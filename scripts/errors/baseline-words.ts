/** Sentences about baselines that do not have what they should have. */
import type { DeviatingType, ErrorCode, ErrorOf, FileDates } from './errors';
import { REPORT, type Words } from './words';
import { plural } from '../lib/format';
import { RULE_WORDS } from '../sentinel/rule-words';

type BaselineCode = Extract<ErrorCode, `ADF_${string}` | 'L0_LEFT_OUT'>;

/** Names in a sentence. */
const MAX_NAMED = 5;

export const BASELINE_WORDS: { readonly [Code in BaselineCode]: (error: ErrorOf<Code>) => Words } = {
  ADF_TYPE_MISSING: (error) => ({
    headline: `${typesIn(error, 'is missing', 'are missing')} from the baselines of ${share(error)}.`,
    ...example(error),
    next: `${CAUSES[error.cause]} ${REPORT} To accept this: --allow-missing ${error.types.map(({ type }) => type).join(',')}.`,
  }),
  ADF_FILES_MISSING: (error) => ({
    headline: `The baselines of ${share(error)} contain only some of the files of ${typesIn(error)}.`,
    ...example(error),
    next: `The rule selects all of them. ${REPORT}`,
  }),
  ADF_SUPERSEDED: (error) => ({
    headline: `The baselines of ${share(error)} contain a superseded file of ${typesIn(error)}.`,
    ...example(error),
    next: error.createdFrom
      ? `rdb.svc seems not to know files created since ${error.createdFrom}: it caches its lists until it is restarted. ${REPORT}`
      : REPORT,
  }),
  ADF_WRONG_FILE: (error) => ({
    headline: `The baselines of ${share(error)} contain a wrong file of ${typesIn(error)}: the rule selects another.`,
    ...example(error),
    next: REPORT,
  }),
  ADF_UNEXPECTED: (error) => ({
    headline: `${UNEXPECTED[error.cause](typesIn(error))} in the baselines of ${share(error)}.`,
    ...example(error),
    next: REPORT,
  }),
  ADF_ANSWERS_DIFFER: (error) => ({
    headline: `rdb.svc returned different baselines for the same product, for ${share(error)}: files of ${typesIn(error)}.`,
    ...example(error),
    came: 'answers without it, besides those that have it',
    next: `A look-up of rdb.svc may have failed in between. ${REPORT}`,
  }),
  ADF_VALIDITY_SHIFTED: (error) => ({
    headline:
      error.where === 'rdb.svc'
        ? `rdb.svc seems to shift every validity: ${shift(error.hours)} than in reprocessing.svc, for ${typesIn(error)}, in ${share(error)}.`
        : `reprocessing.svc lists validities ${shift(error.hours)} than in the file names, and baselines follow it: ${typesIn(error)}, in ${share(error)}.`,
    ...example(error),
    next: `A local time was probably treated as UTC. ${REPORT}`,
  }),
  L0_LEFT_OUT: (error) => ({
    headline: `${plural(error.level0, 'Level-0 product')} of the interval ${error.level0 === 1 ? 'is' : 'are'} missing from the answer, between ${error.from} and ${error.to}.`,
    expected: 'every product that lies completely inside the interval',
    came: PROOFS[error.proof](named(error.names)),
    next: `Request shorter intervals, or products by name. ${REPORT}`,
  }),
};

const CAUSES = {
  dropped:
    'rdb.svc omits a type when auxip.svc does not find its file, or when a look-up has failed since its last restart.',
  ended: 'All types from this one on are missing: rdb.svc stops when a row of its configuration is missing.',
} as const;

const UNEXPECTED = {
  foreign: (types: string) => `Files of types that the product type does not need (${types}) are`,
  satellite: (types: string) => `Files of another satellite (${types}) are`,
  surplus: (types: string) => `More files of ${types} than the rule selects are`,
} as const;

const PROOFS = {
  overlap: (names: string) => `an overlapping part of the request returned ${names}`,
  narrower: (names: string) => `a request for that time alone returned ${names}`,
  'by-name': (names: string) => `a request by name found ${names}`,
  holes: (names: string) => `gaps of whole products within an orbit or data take, after ${names}`,
} as const;

interface Told {
  readonly types: readonly DeviatingType[];
  readonly of: number;
}

/** `ADF type AUX_POEORB`, or several with how many products each concerns. */
function typesIn({ types }: Told, item = '', many = ''): string {
  const [first] = types;
  if (types.length === 1 && first) return `ADF type ${first.type}${item && ` ${item}`}`;
  const shown = types.slice(0, MAX_NAMED).map(({ type, level0 }) => `${type} for ${level0}`);
  return `${types.length} ADF types (${named(shown, types.length)})${many && ` ${many}`}`;
}

function share({ types, of }: Told): string {
  const most = Math.max(...types.map(({ level0 }) => level0));
  return `${types.length > 1 ? 'up to ' : ''}${most} of ${plural(of, 'Level-0 product')}`;
}

/** The first product of the first type. */
function example({ types: [first] }: Told): Pick<Words, 'expected' | 'came'> {
  if (!first) return {};
  const { level0, rule, from, to, expected, answered } = first.example;
  const because = rule ? `; ${rule} selects ${RULE_WORDS[rule]}, here ${from} to ${to}` : '';
  return {
    expected: `for ${level0}: ${filesIn(expected)}${because}`,
    came: filesIn(answered),
  };
}

function filesIn(files: readonly FileDates[]): string {
  if (files.length === 0) return 'no file of this type';
  return named(files.slice(0, 3).map(dated), files.length);
}

function dated({ name, start, stop, creation }: FileDates): string {
  return start && stop && creation ? `${name} (valid ${start} to ${stop}, created ${creation})` : name;
}

function named(names: readonly string[], all = names.length): string {
  const shown = names.slice(0, MAX_NAMED);
  return all > shown.length ? `${shown.join(', ')} and ${all - shown.length} more` : shown.join(', ');
}

function shift(hours: number): string {
  const count = Math.abs(hours);
  return `${count === 1 ? 'an hour' : `${count} hours`} ${hours > 0 ? 'later' : 'earlier'}`;
}
