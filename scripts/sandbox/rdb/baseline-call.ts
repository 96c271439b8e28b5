import type { FunctionParameters } from '../odata/function-call';
import { parseDateTimeOffset } from '../odata/function-call';
import { ODataError, uncaught } from '../odata/odata-error';

/** One call of getReprocessingDataBaseline, in either form (rdb.md#calls). */
export interface BaselineCall {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  readonly level0: readonly string[] | Interval;
}

/** Epoch milliseconds, both ends inclusive. */
export interface Interval {
  readonly start: number;
  readonly stop: number;
}

/** Reads a checked function call; a supplied @alias is the service's own undoing (rdb.md#calls). */
export function readBaselineCall(parameters: FunctionParameters): BaselineCall {
  const value = (name: string): string => {
    const parameter = parameters.get(name);
    if (parameter === undefined || parameter.isAlias) throw uncaught();
    return parameter.text.replaceAll("'", '');
  };
  const texts = new Map([...parameters.keys()].map((name) => [name, value(name)]));
  const text = (name: string) => texts.get(name) ?? '';
  return {
    mission: text('mission'),
    unit: text('unit'),
    productType: text('product_type'),
    level0: texts.has('l0_names')
      ? splitNames(text('l0_names'))
      : { start: time(text('start')), stop: time(text('stop')) },
  };
}

/** Java's split: trailing empty names vanish, others count (rdb.md#entries). */
function splitNames(names: string): string[] {
  if (names === '') return [''];
  const parts = names.split(',');
  while (parts.at(-1) === '') parts.pop();
  return parts;
}

function time(literal: string): number {
  const isBeforeYearOne = /^(?:-|0000)/.test(literal);
  if (isBeforeYearOne) throw new ODataError(500, 'could not extract ResultSet');
  return parseDateTimeOffset(literal) ?? Number.NaN;
}
