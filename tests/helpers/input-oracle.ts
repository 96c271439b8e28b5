/**
 * Which files fill an input, worked out a second time and without the product's code: from the columns of a row, and the names of files
 * cut at fixed places.
 */
import type { TableRow } from './task-tables';

export interface OracleFile {
  readonly name: string;
  readonly isHere: boolean;
}

/** What Sentinel-1 names in place of the type that its task tables name. */
const IN_NAMES: Readonly<Record<string, string>> = {
  AUX_RES: 'AUX_RESORB',
  AUX_POE: 'AUX_POEORB',
  AUX_ATT: 'AUX_RESATT',
};

export function expectedState(
  rows: readonly TableRow[],
  level0: string,
  files: readonly OracleFile[],
  isTypeOfServices: (type: string) => boolean,
): { readonly state: string; readonly files: readonly string[] } {
  const [t0 = 0, t1 = 0] = [...level0.matchAll(/\d{8}T\d{6}/g)].map(([text]) => timeOf(text));
  const isMandatory = rows[0]?.mandatory === 'Yes';
  const own = level0.startsWith('S1') ? level0.slice(4, 14) : level0.slice(4, 15);
  for (const row of rows) {
    if (row.origin !== 'DB') return { state: 'processor', files: [] };
    if (row.type === own) return { state: 'level0', files: [] };
    const ofType = files.filter(({ name, isHere }) => isHere && typeMatches(name, row.type));
    if (ofType.length > 0 && !KNOWN.test(row.retrieval.trim()))
      return { state: 'unclear', files: ofType.map(({ name }) => name) };
    const from = t0 - Number(row.t0) * 1000;
    const to = t1 + Number(row.t1) * 1000;
    const chosen = retrieved(
      row.retrieval.trim(),
      ofType.map(({ name }) => name),
      from,
      to,
    );
    if (chosen.length > 0) return { state: 'filled', files: chosen };
  }
  if (!isMandatory) return { state: 'absent', files: [] };
  return { state: rows.some(({ type }) => isTypeOfServices(type)) ? 'missing' : 'elsewhere', files: [] };
}

const KNOWN =
  /^(Latest|Closest)?(Val(Cover|Intersect|Intersect(WithoutDuplicates))|StartValidity|StopValidity|Validity|ValidityClosest)$/;

function typeMatches(name: string, type: string): boolean {
  return name.startsWith('S3') && !name.includes('_OPER_')
    ? name.slice(4, 15).startsWith(type)
    : name.includes(`_${IN_NAMES[type] ?? type}_`);
}

function timeOf(text: string): number {
  const [, year, month, day, hour, minute, second] = /(....)(..)(..)T(..)(..)(..)/.exec(text) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

function validityOf(name: string): { start: number; stop: number; creation: number } {
  const times = [...name.matchAll(/\d{8}T\d{6}/g)].map(([text]) => timeOf(text));
  if (name.includes('_OPER_')) return { creation: times[0]!, start: times[1]!, stop: times[2]! };
  if (name.startsWith('S1')) {
    const isWeather = /AUX_(WND|WAV|ICE)_V/.test(name);
    return { start: times[0]!, creation: times[1]!, stop: isWeather ? times[0]! + 86_400_000 : Date.UTC(2100, 0, 1) };
  }
  const margin = name.includes('SR_2_RMO_AX') ? 6 * 3_600_000 : 0;
  return { start: times[0]! - margin, stop: times[1]! + margin, creation: times[2]! };
}

function retrieved(mode: string, names: readonly string[], from: number, to: number): readonly string[] {
  const files = names.map((name) => ({ name, ...validityOf(name) }));
  const cover = files.filter(({ start, stop }) => start < from && stop > to);
  const touch = files.filter(({ start, stop }) => start < to && stop > from);
  const last = (list: readonly { name: string }[]): string[] => list.slice(-1).map(({ name }) => name);
  const by = (list: typeof files, rank: (file: (typeof files)[number]) => number): string[] =>
    last(list.toSorted((a, b) => rank(a) - rank(b)));
  switch (mode) {
    case 'LatestValCover':
      return by(cover, ({ creation }) => creation);
    case 'ValCover':
      return cover.map(({ name }) => name);
    case 'LatestValIntersect':
      return by(touch, ({ creation }) => creation);
    case 'ValIntersect':
    case 'ValIntersectWithoutDuplicates':
      return touch.map(({ name }) => name);
    case 'LatestStartValidity':
      return by(files, ({ start }) => start);
    case 'LatestStopValidity':
      return by(files, ({ stop }) => stop);
    case 'ClosestStartValidity':
      return by(files, ({ start }) => -Math.abs(start - (from + (to - from) / 2)));
    case 'ClosestStopValidity':
      return by(files, ({ stop }) => -Math.abs(stop - to));
    case 'LatestValidityClosest':
      return by(files, ({ start }) => -Math.abs(start - (from + to) / 2));
    default:
      return [];
  }
}
