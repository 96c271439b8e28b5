import { Failure } from '../errors/errors';
import { underRoot } from './service-url';

interface Selection {
  mission: string;
  unit: string;
  productType: string;
}

/** What a baseline is asked for: L0 names, or the interval (UTC, `…Z`) in which whole L0s are looked up (rdb.md#calls). */
export type BaselineRequest = Selection & ({ level0Names: readonly string[] } | { start: string; stop: string });

/** Letters that stand in a function call as they are. Quotes would be deleted by the service, `/` and `\` refused (rdb.md#calls). */
const PLAIN = /^[A-Za-z0-9_.:-]+$/;
/** Zone Z only: the service ignores other offsets (rdb.md#look-up-by-interval). */
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/**
 * The exact URL of the function call. Parameters are quoted texts, start and stop are not quoted, nothing is left to encode.
 * @param root e.g. https://auxiliary.copernicus.eu/rdb.svc
 * @throws Failure L0_NAME_PADDED, USAGE (letters the call cannot carry), TIME_MALFORMED, INTERVAL_ORDER
 */
export function baselineUrl(root: string, request: BaselineRequest): string {
  const lookup =
    'level0Names' in request ? `l0_names='${level0Names(request.level0Names)}'` : interval(request.start, request.stop);
  const { mission, unit, productType } = request;
  const selection = Object.entries({ mission, unit, product_type: productType })
    .map(([name, value]) => `${name}='${plain(name, value)}'`)
    .join(',');
  return underRoot(root, `getReprocessingDataBaseline(${lookup},${selection})`);
}

function level0Names(names: readonly string[]): string {
  // rdb.md#hazards: an empty name matches every row of the service's table.
  if (names.length === 0) throw new Failure({ code: 'USAGE', problem: 'l0_names: at least one name is needed' });
  for (const name of names) if (name !== name.trim()) throw new Failure({ code: 'L0_NAME_PADDED', name });
  return names.map((name) => plain('l0_names', name)).join(',');
}

function interval(start: string, stop: string): string {
  checkInterval({ start, stop });
  return `start=${start},stop=${stop}`;
}

/** @throws Failure TIME_MALFORMED, INTERVAL_ORDER */
export function checkInterval({ start, stop }: { start: string; stop: string }): void {
  for (const [option, value] of Object.entries({ start, stop })) {
    if (!isUtc(value)) throw new Failure({ code: 'TIME_MALFORMED', option, value });
  }
  if (Date.parse(start) > Date.parse(stop)) throw new Failure({ code: 'INTERVAL_ORDER', start, stop });
}

/** 30 February and 24:00 would be read as the day after; neither is a time to ask for. */
function isUtc(text: string): boolean {
  const time = UTC.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 19) === text.slice(0, 19);
}

function plain(option: string, value: string): string {
  if (PLAIN.test(value)) return value;
  throw new Failure({
    code: 'USAGE',
    problem: `${option}: ${JSON.stringify(value)} has characters that the call cannot carry`,
  });
}
