/** What is good to know of a judgement besides its errors, in sentences. */
import { typesOf } from '../../errors/errors';
import { plural } from '../../lib/format';
import type { Completeness, CompletenessError, Doubt } from './judgement';

export function notesOf({
  reason,
  allowed,
  doubts,
  types,
  errors,
  unanswered = [],
  otherwise,
}: Completeness): string[] {
  const wrong = new Set(errors.flatMap(typesOf));
  const learned = types.filter(({ type, deltas }) => deltas === 'learned' && !wrong.has(type));
  return [
    unreadNotes({ reason }),
    otherwise ? otherwiseNotes(otherwise) : [],
    allowed.map(({ type, level0 }) => `${type} is missing for ${plural(level0, 'Level-0 product')}, as allowed.`),
    learned.map(
      ({ type, delta0, delta1 }) =>
        `The answers for ${type} are explained by deltas of ${delta0} s and ${delta1} s, which are neither zero nor the published ones.`,
    ),
    doubts.map(doubtText),
    unanswered.map((why) => `Not judged: whether an interval leaves Level-0 products out. ${why}`),
  ].flat();
}

/** Of types that other calls tell more of: the same sentence for all calls. */
export function openNotes(open: readonly CompletenessError[]): string[] {
  return [...new Set(open.flatMap(typesOf))].map(
    (type) => `Not judged before all baseline calls are answered: ${type}, of which deltas may explain the files.`,
  );
}

/** Where reprocessing.svc could not be asked. */
export function unreadNotes({ reason }: Pick<Completeness, 'reason'>): string[] {
  return reason === undefined ? [] : [`reprocessing.svc was not read, so that files were not compared: ${reason}`];
}

function otherwiseNotes({ added, rules }: Required<Completeness>['otherwise']): string[] {
  const more = added.length > MAX_NAMED ? ` and ${added.length - MAX_NAMED} more` : '';
  const lacking = `reprocessing.svc does not list ${plural(added.length, 'ADF type')} of the published table for this product type, or not with a known rule`;
  return [
    ...(added.length > 0
      ? [`${lacking}: ${added.slice(0, MAX_NAMED).join(', ')}${more}. The published table was used.`]
      : []),
    ...rules.map(
      ({ type, listed, published }) =>
        `reprocessing.svc lists ${type} with the rule ${listed}, the published table with ${published}: it was judged by the published one unless that explains less.`,
    ),
  ];
}

/** Types in a sentence. */
const MAX_NAMED = 5;

const REASONS: Readonly<Record<Doubt['reason'], string>> = {
  'instrument-configuration': 'the filter by instrument configuration may explain it, whose table is not published',
  'maximal-age': 'the filter by maximal age may explain it, whose table is not published',
  mode: 'a published row of Level-0 modes leaves it out for every product',
  beyond: 'it lies beyond the time for which files were asked',
  name: 'the names of the products cannot be read',
  catalogue: 'no file of it is listed, and the catalogue was not read to see whether there is one',
  rule: 'reprocessing.svc lists it with a rule that is not known',
};

function doubtText({ type, level0, reason }: Doubt): string {
  const subject = type === undefined ? '' : `${type}, `;
  return `Not judged: ${subject}${plural(level0, 'Level-0 product')}: ${REASONS[reason]}.`;
}
