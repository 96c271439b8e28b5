import type { Level0Record } from '../../../catalogue/catalogue';
import type { Faults } from '../../scenarios/faults';
import { afterService } from '../around';
import { BASELINE, editData, rowsOf } from '../edit-json';
import { inGroup } from '../mutant';

const DAY = 86_400_000;

/** Which Level-0 products an interval holds (rdb.md#look-up-by-interval). */
export const INTERVAL_MUTANTS = inGroup('intervals', [
  {
    name: 'interval-touching',
    defect: 'Level-0 products that only touch the interval are in it',
    create: () => within((record, start, stop) => record.start < stop && record.stop > start),
  },
  {
    name: 'interval-by-start',
    defect: 'Level-0 products that begin in the interval are in it, wherever they end',
    create: () => within((record, start, stop) => record.start >= start && record.start <= stop),
  },
  {
    name: 'interval-start-exclusive',
    defect: 'a Level-0 product that begins with the interval is not in it',
    create: () => within((record, start, stop) => record.start > start && record.stop <= stop),
  },
  {
    name: 'interval-stop-exclusive',
    defect: 'a Level-0 product that ends with the interval is not in it',
    create: () => within((record, start, stop) => record.start >= start && record.stop < stop),
  },
  {
    name: 'interval-in-local-time',
    defect: 'start and stop are taken for local time, an hour ahead',
    create: () => within((record, start, stop) => record.start >= start - 3_600_000 && record.stop <= stop - 3_600_000),
  },
  {
    name: 'interval-by-day',
    defect: 'stop is taken for the end of its day',
    create: () => within((record, start, stop) => record.start >= start && record.stop <= Math.ceil(stop / DAY) * DAY),
  },
  {
    name: 'interval-truncated',
    defect: 'no more than 100 Level-0 products of an interval are answered, and nothing says so',
    create: () => listed((records) => records.slice(0, 100)),
  },
  {
    name: 'interval-first-missing',
    defect: 'the first Level-0 product of an interval is missing, where there are several',
    create: () => listed((records) => (records.length > 1 ? records.slice(1) : records)),
  },
  {
    name: 'interval-one-twice',
    defect: 'the last entry of a baseline by interval stands twice',
    create: () =>
      afterService(BASELINE, (reply, { path }) =>
        /start(?:=|%3D)/.test(path)
          ? editData(reply, (json) => {
              const entries = rowsOf(json, 'value');
              return { ...json, value: [...entries, ...entries.slice(-1)] };
            })
          : reply,
      ),
  },
]);

/** Looks a day to both sides, and lets through what passes. */
function within(isIn: (record: Level0Record, start: number, stop: number) => boolean): Faults {
  return {
    catalogue: (catalogue) => ({
      ...catalogue,
      level0Within: (prefix, start, stop) =>
        catalogue.level0Within(prefix, start - 2 * DAY, stop + 2 * DAY).filter((record) => isIn(record, start, stop)),
    }),
  };
}

function listed(change: (records: readonly Level0Record[]) => readonly Level0Record[]): Faults {
  return {
    catalogue: (catalogue) => ({
      ...catalogue,
      level0Within: (prefix, start, stop) => change(catalogue.level0Within(prefix, start, stop)),
    }),
  };
}
