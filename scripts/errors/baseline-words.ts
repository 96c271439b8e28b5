/** Sentences about baselines that do not have what they should have. */
import type { DeviatingType, ErrorCode, ErrorOf, FileDates } from './errors';
import type { Words } from './words';
import { plural } from '../lib/format';
import { RULE_WORDS } from '../sentinel/rule-words';

type BaselineCode = Extract<ErrorCode, `ADF_${string}` | 'L0_LEFT_OUT'>;

/** Names in a sentence. */
const MAX_NAMED = 5;

const TELL = 'Tell the operators of the service, with the saved answer.';

export const BASELINE_WORDS: { readonly [Code in BaselineCode]: (error: ErrorOf<Code>) => Words } = {
  ADF_TYPE_MISSING: (error) => ({
    headline: `${typesIn(error, 'is missing', 'are missing')} from the baselines of ${share(error)}.`,
    ...example(error),
    next: `${CAUSES[error.cause]} ${TELL} To do without: --allow-missing ${error.types.map(({ type }) => type).join(',')}.`,
  }),
  ADF_FILES_MISSING: (error) => ({
    headline: `Of ${typesIn(error)} only some of several files are in the baselines of ${share(error)}.`,
    ...example(error),
    next: `The rule chooses them all. ${TELL}`,
  }),
  ADF_SUPERSEDED: (error) => ({
    headline: `Of ${typesIn(error)} the baselines of ${share(error)} have an older file than the one that counts: it is superseded.`,
    ...example(error),
    next: error.createdFrom
      ? `All is as if rdb.svc did not know files created from ${error.createdFrom} on: it keeps its lists until it is started again. ${TELL}`
      : TELL,
  }),
  ADF_WRONG_FILE: (error) => ({
    headline: `Of ${typesIn(error)} the baselines of ${share(error)} have a wrong file: the rule would not choose it.`,
    ...example(error),
    next: TELL,
  }),
  ADF_UNEXPECTED: (error) => ({
    headline: `${UNEXPECTED[error.cause](typesIn(error))} in the baselines of ${share(error)}.`,
    ...example(error),
    next: TELL,
  }),
  ADF_VALIDITY_SHIFTED: (error) => ({
    headline:
      error.where === 'rdb.svc'
        ? `The baselines are as if every validity were ${shift(error.hours)} than reprocessing.svc lists it: ${typesIn(error)}, in ${share(error)}.`
        : `reprocessing.svc lists validities that are ${shift(error.hours)} than the names of the files say, and baselines follow it: ${typesIn(error)}, in ${share(error)}.`,
    ...example(error),
    next: `A time zone was taken for UTC somewhere. ${TELL}`,
  }),
  L0_LEFT_OUT: (error) => ({
    headline: `${plural(error.level0, 'Level-0 product')} of the interval ${error.level0 === 1 ? 'is' : 'are'} left out of the answer, between ${error.from} and ${error.to}.`,
    expected: 'every product that lies wholly inside the interval (rdb.md#look-up-by-interval)',
    came: PROOFS[error.proof](named(error.names)),
    next: `Ask for shorter intervals, or by names. ${TELL}`,
  }),
};

const CAUSES = {
  dropped:
    'rdb.svc leaves a type out when auxip.svc does not find its file, or when a look-up failed since it was started.',
  ended:
    'From that type on everything is missing: rdb.svc stopped in the middle, as it does where a row of its configuration is missing.',
} as const;

const UNEXPECTED = {
  foreign: (types: string) => `Files of types that the request does not want (${types}) are`,
  twice: (types: string) => `A file of ${types} stands twice`,
  surplus: (types: string) => `Of ${types} more files than the rule chooses are`,
} as const;

const PROOFS = {
  overlap: (names: string) => `a part of the request that overlaps names ${names}`,
  narrower: (names: string) => `asked for that time alone, the service names ${names}`,
  'by-name': (names: string) => `asked by name, the service knows ${names}`,
  holes: (names: string) => `holes of whole products between neighbours of one orbit or data take, after ${names}`,
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
  const because = rule ? `, because by ${rule} ${RULE_WORDS[rule]}, here ${from} to ${to}` : '';
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
