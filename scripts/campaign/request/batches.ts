import { baselineUrl, type BaselineRequest } from '../../services/rdb';

/** Documented limit of a GET (rdb.md#length-of-a-request); more is refused somewhere on the way, with HTML. Characters. */
const LONGEST_URL = 2000;

/** Variables of the collection for one call of getReprocessingDataBaseline; the form that is not asked for stays empty. */
export type BatchRow = Readonly<Record<'mission' | 'unit' | 'product_type' | 'l0_names' | 'start' | 'stop', string>>;

/** The request in calls whose URLs stay below 2000 characters: one row per Newman iteration, names in their order. */
export function batchesOf(request: BaselineRequest, rdbRoot: string): BatchRow[] {
  const { mission, unit, productType } = request;
  const row = (part: { l0_names?: string; start?: string; stop?: string }): BatchRow => ({
    mission,
    unit,
    product_type: productType,
    l0_names: '',
    start: '',
    stop: '',
    ...part,
  });
  if (!('level0Names' in request)) return [row({ start: request.start, stop: request.stop })];
  const fits = (names: readonly string[]): boolean =>
    baselineUrl(rdbRoot, { ...request, level0Names: names }).length < LONGEST_URL;
  const batches: string[][] = [];
  for (const name of request.level0Names) {
    const last = batches.at(-1);
    if (last && fits([...last, name])) last.push(name);
    else batches.push([name]);
  }
  return batches.map((names) => row({ l0_names: names.join(',') }));
}
