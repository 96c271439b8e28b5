import { baselineUrl, type BaselineRequest } from '../../services/rdb';

/** Documented limit of a GET (rdb.md#length-of-a-request); more is refused somewhere on the way, with HTML. Characters. */
const MAX_URL_CHARACTERS = 2000;

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
  const batcher = nameBatcher(request, rdbRoot);
  const batches = request.level0Names.flatMap((name) => batcher.add(name));
  return [...batches, ...batcher.rest()].map((names) => row({ l0_names: names.join(',') }));
}

/** Takes names one after another; gives those of a call when it is full, and in the end of the last one. */
export function nameBatcher(
  { mission, unit, productType }: Pick<BaselineRequest, 'mission' | 'unit' | 'productType'>,
  rdbRoot: string,
): { add(name: string): readonly string[][]; rest(): readonly string[][] } {
  const isFull = (level0Names: readonly string[]): boolean =>
    baselineUrl(rdbRoot, { mission, unit, productType, level0Names }).length >= MAX_URL_CHARACTERS;
  let batch: string[] = [];
  return {
    add(name) {
      if (batch.length === 0 || !isFull([...batch, name])) {
        batch.push(name);
        return [];
      }
      const full = batch;
      batch = [name];
      return [full];
    },
    rest: () => (batch.length > 0 ? [batch] : []),
  };
}
