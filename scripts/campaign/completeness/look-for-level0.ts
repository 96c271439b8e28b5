/** Asks rdb.svc, a few times, for products that its answers may have left out: only what it then names is a finding. */
import type { Api } from '../../services/api';
import { throwIfInterrupted } from '../../services/interruption';
import { baselineUrl, type BaselineRequest } from '../../services/rdb';
import { MAX_ANSWER_SECONDS, within } from '../../services/time-limit';
import { toError } from '../../errors/errors';
import { describe } from '../../errors/messages';
import type { BaselineAnswer } from '../../services/schema/types/BaselineAnswer';
import { stamp, type Span } from './candidates';
import type { CompletenessError } from './judgement';
import { leftOutOfOverlaps, suspicionsIn, type AnsweredInterval } from './left-out-level0';
import { sensedOf, spanOf, type Sensed } from './products';

export interface LookOptions {
  readonly request: BaselineRequest;
  readonly rdbRoot: string;
  readonly products: readonly Sensed[];
  readonly intervals: readonly AnsweredInterval[];
  readonly api: Pick<Api, 'getJson'>;
  readonly signal: AbortSignal;
  /** Told why a question was not answered. */
  readonly onUnanswered: (reason: string) => void;
}

/**
 * Calls of a campaign at most, besides its own. One for a time without products costs the service one look at its table; once one has found a
 * product, no more are needed.
 */
const MAX_TIMES = 20;
const MAX_NAME_CALLS = 2;
/** Some 1500 characters of URL. */
const NAMES_IN_CALL = 20;

export interface Look {
  readonly errors: readonly CompletenessError[];
  /** Why questions were not answered, and what they would have shown is not known: a sentence for each reason. */
  readonly unanswered: readonly string[];
}

/** @throws Failure INTERRUPTED */
export async function lookForLevel0(given: Omit<LookOptions, 'onUnanswered'>): Promise<Look> {
  const { products, intervals } = given;
  if (intervals.length === 0) return { errors: [], unanswered: [] };
  const unanswered = new Set<string>();
  const options = { ...given, onUnanswered: (reason: string) => void unanswered.add(reason) };
  const byOverlap = leftOutOfOverlaps(products, intervals);
  const { times, names } = suspicionsIn(products, intervals);
  const byName: Sensed[] = [];
  for (let call = 0; call < MAX_NAME_CALLS; call++)
    byName.push(...(await knownOf(names.slice(call * NAMES_IN_CALL, (call + 1) * NAMES_IN_CALL), options)));
  const byTime: Sensed[] = [];
  for (const time of times.slice(0, MAX_TIMES)) {
    if (byName.length + byTime.length + unanswered.size > 0) break;
    byTime.push(...(await newIn(time, options)));
  }
  const errors = [
    ...leftOut(byOverlap, 'overlap'),
    ...leftOut(distinct(byTime), 'narrower'),
    ...leftOut(byName, 'by-name'),
  ];
  return { errors, unanswered: [...unanswered] };
}

function leftOut(products: readonly Sensed[], proof: 'overlap' | 'narrower' | 'by-name'): CompletenessError[] {
  const span = spanOf(products);
  if (!span) return [];
  const names = products.slice(0, 5).map(({ name }) => name);
  return [{ code: 'L0_LEFT_OUT', level0: products.length, names, from: stamp(span.from), to: stamp(span.to), proof }];
}

function distinct(products: readonly Sensed[]): Sensed[] {
  return [...new Map(products.map((product) => [product.name, product])).values()];
}

/** Products that are named when the time is asked for alone, and were not before. */
async function newIn({ from, to }: Span, options: LookOptions): Promise<Sensed[]> {
  const { mission, unit, productType } = options.request;
  const request = { mission, unit, productType, start: stamp(from), stop: stamp(to) };
  const known = new Set(options.products.map(({ name }) => name));
  return (await ask(request, options)).filter(({ name }) => !known.has(name));
}

/** Of names that products could have, those for which the service's table has a product (rdb.md#look-up-by-name: any part of a name does). */
async function knownOf(names: readonly string[], options: LookOptions): Promise<Sensed[]> {
  if (names.length === 0) return [];
  const { mission, unit, productType } = options.request;
  return (await ask({ mission, unit, productType, level0Names: names }, options)).filter(({ known }) => known);
}

async function ask(request: BaselineRequest, { rdbRoot, api, signal, onUnanswered }: LookOptions) {
  const url = baselineUrl(rdbRoot, request);
  const what = 'the baseline';
  try {
    const body = await within({ what, seconds: MAX_ANSWER_SECONDS, signal }, (stop) =>
      api.getJson({ url, schema: 'rdb.baseline', what, signal: stop }),
    );
    return (body as BaselineAnswer).value.flatMap(({ Level0: name, Message }) => {
      const known = !Message.startsWith('Warning');
      const sensed = sensedOf({ name, known });
      return sensed ? [{ ...sensed, known }] : [];
    });
  } catch (error) {
    throwIfInterrupted(signal);
    onUnanswered(describe(toError(error)).headline);
    return [];
  }
}
