/** rdb.svc by interval: some of the products are lost, or others come; reprocessing.svc by period: an argument is misread. */
import { parseLevel0Name } from '../../../../sentinel/level0-name';
import type { Level0Record } from '../../../catalogue/catalogue';
import type { WireRequest } from '../../../http/request';
import type { Fields } from '../../../odata/write-value';
import type { Faults } from '../../scenarios/faults';
import { afterService, beforeSite } from '../around';
import { editData, rowsOf } from '../edit-json';
import { get, type Ask, type Draft, type Family } from './draft';
import { facts } from './facts';
import type { Random } from './random';

interface Kind {
  readonly mission: string;
  readonly productType: string;
  readonly prefix: string;
  /** Of products that the built-in catalogue has. */
  readonly from: number;
  readonly to: number;
}

const MARCH = { from: Date.UTC(2024, 1, 29), to: Date.UTC(2024, 2, 3) };
const KINDS: readonly Kind[] = [
  { mission: 'S3OLCI', productType: 'L2LFR', prefix: 'S3A_OL_0_EFR', ...MARCH },
  { mission: 'S3SLSTR', productType: 'L1RBT', prefix: 'S3A_SL_0_SLT', ...MARCH },
  { mission: 'S3SRAL', productType: 'L2LAN', prefix: 'S3A_SR_0_SRA', ...MARCH },
  { mission: 'S3MWR', productType: 'L1MWR', prefix: 'S3A_MW_0_MWR', ...MARCH },
  { mission: 'S1SAR', productType: 'L1SLC', prefix: 'S1A_', from: Date.UTC(2020, 9, 1), to: Date.UTC(2020, 10, 30) },
  { mission: 'S2MSI', productType: 'L1C', prefix: 'S2A_', from: Date.UTC(2021, 2, 1), to: Date.UTC(2021, 2, 3) },
];

const stamp = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

function callFor({ mission, productType }: Kind, start: number, stop: number): Ask {
  return get(
    `/rdb.svc/getReprocessingDataBaseline(start=${stamp(start)},stop=${stamp(stop)},mission='${mission}',unit='A',product_type='${productType}')`,
  );
}

const decoded = ({ path }: WireRequest): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

interface Interval {
  readonly start: number;
  readonly stop: number;
}

function intervalIn(request: WireRequest): Interval | undefined {
  const [, start = '', stop = ''] = /[(]start=([^,]*),stop=([^,]*),/.exec(decoded(request)) ?? [];
  const [from, to] = [Date.parse(start), Date.parse(stop)];
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : { start: from, stop: to };
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Lost {
  readonly words: string;
  readonly isLost: (level0: { t0: number; t1: number }, interval: Interval) => boolean;
  /** Where it shows of this product. */
  readonly interval: (level0: Level0Record) => Interval;
}

const around =
  (by: number) =>
  ({ start, stop }: Level0Record): Interval => ({ start: start - by, stop: stop + by });
const dayOf = (time: number): number => Math.floor(time / DAY);

function lostOnes({ start, stop }: Level0Record, random: Random): Lost {
  const hour = new Date(start).getUTCHours();
  const hours = random.pick([1, 2, 3, 6, 12, 24]);
  const midnight = (dayOf(start) + 1) * DAY;
  return random.pick<Lost>([
    { words: 'that begin exactly with it', isLost: ({ t0 }, { start: from }) => t0 === from, interval: around(0) },
    { words: 'that end exactly with it', isLost: ({ t1 }, { stop: to }) => t1 === to, interval: around(0) },
    {
      words: `that begin in hour ${hour}`,
      isLost: ({ t0 }) => new Date(t0).getUTCHours() === hour,
      interval: around(HOUR),
    },
    {
      words: 'of its second day',
      isLost: ({ t0 }, { start: from }) => dayOf(t0) > dayOf(from),
      interval: () => ({ start: start - DAY, stop: stop + 1000 }),
    },
    {
      words: 'that begin before midnight where it ends behind it',
      isLost: ({ t0 }, { stop: to }) => dayOf(t0) < dayOf(to),
      interval: () => ({ start: start - 1000, stop: Math.max(midnight + 1000, stop) }),
    },
    { words: 'that cross midnight', isLost: ({ t0, t1 }) => dayOf(t0) !== dayOf(t1), interval: around(HOUR) },
    {
      words: `later than ${hours} h behind its start`,
      isLost: ({ t0 }, { start: from }) => t0 - from >= hours * HOUR,
      interval: () => ({ start: start - hours * HOUR, stop: stop + 1000 }),
    },
    {
      words: `earlier than ${hours} h before its end`,
      isLost: ({ t1 }, { stop: to }) => to - t1 >= hours * HOUR,
      interval: () => ({ start: start - 1000, stop: stop + hours * HOUR }),
    },
    {
      words: 'on leap days',
      isLost: ({ t0 }) => new Date(t0).toISOString().slice(5, 10) === '02-29',
      interval: around(HOUR),
    },
    {
      words: 'that begin at an even minute',
      isLost: ({ t0 }) => new Date(t0).getUTCMinutes() % 2 === 0,
      interval: around(HOUR),
    },
  ]);
}

function lost(random: Random): Draft | undefined {
  const kind = random.pick(KINDS);
  const known = facts().catalogue.level0Within(kind.prefix, kind.from, kind.to);
  if (known.length === 0) return undefined;
  const level0 = random.pick(known);
  const { words, isLost, interval } = lostOnes(level0, random);
  const everywhere = random.oneIn(2);
  const { start, stop } = interval(level0);
  return {
    area: 'intervals',
    severity: 'data',
    defect: `an interval${everywhere ? '' : ` of ${kind.mission}`} loses the products ${words}`,
    witness: [callFor(kind, start, stop)],
    create: () =>
      afterService(/getReproc/, (reply, request) => {
        const asked = intervalIn(request);
        if (asked === undefined || (!everywhere && !request.path.includes(kind.mission))) return reply;
        return editData(reply, (json) => ({
          ...json,
          value: rowsOf(json, 'value').filter((row) => !isOneOf(row, asked, isLost)),
        }));
      }),
  };
}

function isOneOf(row: Fields, asked: Interval, isLost: Lost['isLost']): boolean {
  const name = parseLevel0Name(String(row['Level0']));
  return name !== undefined && isLost(name, asked);
}

type Rewrite = readonly [words: string, rewrite: (time: number) => number];

const REWRITES: readonly Rewrite[] = [
  ['a second late', (time) => time + 1000],
  ['a second early', (time) => time - 1000],
  ['an hour late', (time) => time + HOUR],
  ['an hour early', (time) => time - HOUR],
  ['to the day', (time) => dayOf(time) * DAY],
  ['to the minute', (time) => Math.floor(time / 60_000) * 60_000],
  ['to the hour', (time) => Math.floor(time / HOUR) * HOUR],
];

/** `start` or `stop` of the call is read otherwise. */
function misread(random: Random): Draft | undefined {
  const kind = random.pick(KINDS);
  const known = facts().catalogue.level0Within(kind.prefix, kind.from, kind.to);
  if (known.length === 0) return undefined;
  const argument = random.pick(['start', 'stop']);
  const [words, rewrite] = random.pick(REWRITES);
  const everywhere = random.oneIn(2);
  const level0 = random.pick(known);
  const witness = [0, -1000, 1000].map((by) => callFor(kind, level0.start + by, level0.stop + by));
  return {
    area: 'intervals',
    severity: 'data',
    defect: `the ${argument} of an interval${everywhere ? '' : ` of ${kind.mission}`} is read ${words}`,
    witness: [...witness, callFor(kind, level0.start - 4 * HOUR, level0.stop + 4 * HOUR)],
    create: () =>
      beforeSite((request) => {
        if (!everywhere && !request.path.includes(kind.mission)) return request;
        const path = request.path.replace(
          new RegExp(`([(,]|%28)${argument}=([^,]*)`),
          (all, before: string, text: string) => {
            const time = Date.parse(text);
            return Number.isNaN(time) ? all : `${before}${argument}=${stamp(rewrite(time))}`;
          },
        );
        return { ...request, path };
      }),
  };
}

export const intervals: Family = (random) => (random.oneIn(2) ? lost(random) : misread(random));

const ARGUMENTS = ['Mission', 'Unit', 'ProductType', 'Variability', 'SensingTimeStart', 'SensingTimeStop'];

type Argument = readonly [words: string, read: (value: string) => string | undefined];

const date =
  (change: (time: number) => number) =>
  (value: string): string => {
    const time = Date.parse(value);
    return Number.isNaN(time) ? value : stamp(change(time));
  };

const MISREADINGS: readonly Argument[] = [
  ['is ignored', () => undefined],
  ['is ignored', () => undefined],
  ['is read in upper case', (value) => value.toUpperCase()],
  ['is read in lower case', (value) => value.toLowerCase()],
  ['is read without its last character', (value) => value.slice(0, -1)],
  ['is read a second late', date((time) => time + 1000)],
  ['is read a day early', date((time) => time - DAY)],
  ['is read to the day', date((time) => dayOf(time) * DAY)],
];

/** One argument of the functions of reprocessing.svc, for all missions or one of them. */
export const periods: Family = (random) => {
  const form = random.pick(['List', 'Names']);
  const argument = random.pick(ARGUMENTS);
  const [words, read] = random.pick(MISREADINGS);
  const mission = random.pick(['S1SAR', 'S2MSI', 'S3OLCI', 'S3SLSTR', 'S3SRAL', 'S3MWR', 'S3SYN']);
  const everywhere = random.oneIn(2);
  const productType =
    { S1SAR: 'L2OCN', S2MSI: 'L1C', S3OLCI: 'L2LFR', S3SLSTR: 'L1RBT', S3SRAL: 'L2LAN', S3MWR: 'L1MWR', S3SYN: 'L2' }[
      mission
    ] ?? '';
  const given = [
    `Mission='${mission}'`,
    "Unit='A'",
    ...(argument === 'ProductType' ? [`ProductType='${productType}'`] : []),
    ...(argument === 'Variability' ? ["Variability='Static'"] : []),
    "SensingTimeStart='2024-03-01T00:00:00Z'",
    "SensingTimeStop='2024-03-02T00:00:00Z'",
  ];
  return {
    area: 'periods',
    severity: 'data',
    defect: `${argument} of the ${form === 'List' ? 'files' : 'names of files'} for a period${everywhere ? '' : ` of ${mission}`} ${words}`,
    witness: [get(`/reprocessing.svc/GetReproBaseline${form}ForPeriod(${given.join(',')})`)],
    create: () => misreadArgument(`${form}ForPeriod`, everywhere ? '' : mission, argument, read),
  };
};

function misreadArgument(form: string, mission: string, argument: string, read: Argument['1']): Faults {
  return beforeSite((request) => {
    const [, head = '', list = '', tail = ''] = /^(.*[(])(.*)([)].*)$/.exec(decoded(request)) ?? [];
    if (!head.includes(form) || !list.includes(mission)) return request;
    const kept = list.split(',').flatMap((text) => {
      const [, name = '', value = ''] = /^(\w+)='(.*)'$/.exec(text) ?? [];
      if (name !== argument) return [text];
      const another = read(value);
      return another === undefined ? [] : [`${name}='${another}'`];
    });
    return { ...request, path: encodeURI(head + kept.join(',') + tail) };
  });
}
