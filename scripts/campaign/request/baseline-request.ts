import { Failure } from '../../errors/errors';
import { MISSION_NAMES, missionsMaking, productTypesOf, UNITS } from '../../sentinel/missions';
import { checkInterval, type BaselineRequest } from '../../services/rdb';
import { checkedLevel0Names, type ListedName } from './level0-list';
import { requestTime } from './request-time';

/** The words of the command line, as they came. */
export interface RequestWords {
  mission?: string;
  unit?: string;
  productType?: string;
  level0Names?: readonly ListedName[];
  start?: string;
  stop?: string;
}

/**
 * The request, checked before anything is sent: the service answers most of these mistakes with 200 and an empty list, or fails
 * the whole request for one bad name (rdb.md#empty-lists, rdb.md#status-codes).
 * @throws Failure USAGE, MISSION_UNKNOWN, UNIT_UNKNOWN, PRODUCT_TYPE_UNKNOWN, L0_NAME_*, TIME_MALFORMED, INTERVAL_ORDER
 */
export function baselineRequest(words: RequestWords): BaselineRequest {
  const selection = checkedSelection(words);
  const { mission, unit } = selection;
  const level0Names = words.level0Names ?? [];
  const hasInterval = words.start !== undefined || words.stop !== undefined;
  if (level0Names.length > 0 && hasInterval)
    throw usage('Both Level-0 names and an interval are given.', 'Give --l0_names, or --start and --stop.');
  if (level0Names.length > 0) return { ...selection, level0Names: checkedLevel0Names(level0Names, mission, unit) };
  if (!hasInterval)
    throw usage('Neither Level-0 names nor an interval are given.', 'Give --l0_names, or --start and --stop.');
  const [start, stop] = [required(words.start, '--start'), required(words.stop, '--stop')];
  const interval = { start: requestTime('start', start), stop: requestTime('stop', stop) };
  checkInterval(interval);
  return { ...selection, ...interval };
}

/** What products are to be made. @throws Failure USAGE, MISSION_UNKNOWN, UNIT_UNKNOWN, PRODUCT_TYPE_UNKNOWN */
export function checkedSelection(
  words: Pick<RequestWords, 'mission' | 'unit' | 'productType'>,
): Pick<BaselineRequest, 'mission' | 'unit' | 'productType'> {
  // No name of the services has a lower-case letter.
  const mission = required(words.mission, '--mission').trim().toUpperCase();
  const unit = required(words.unit, '--unit').trim().toUpperCase();
  const productType = required(words.productType, '--product_type').trim().toUpperCase();
  checkSelection(mission, unit, productType);
  return { mission, unit, productType };
}

function usage(problem: string, next?: string): Failure {
  return new Failure({ code: 'USAGE', problem, next });
}

function required(value: string | undefined, option: string): string {
  if (!value) throw usage(`${option} is missing.`, `Give ${option}; --help shows an example.`);
  return value;
}

function checkSelection(mission: string, unit: string, productType: string): void {
  const productTypes = productTypesOf(mission);
  if (!productTypes) throw new Failure({ code: 'MISSION_UNKNOWN', mission, known: MISSION_NAMES });
  if (!UNITS.includes(unit)) throw new Failure({ code: 'UNIT_UNKNOWN', unit, mission, known: UNITS });
  if (productTypes.includes(productType)) return;
  throw new Failure({
    code: 'PRODUCT_TYPE_UNKNOWN',
    productType,
    mission,
    known: productTypes,
    otherMissions: missionsMaking(productType),
  });
}

/** The request as one phrase for people. */
export function requestPhrase(request: BaselineRequest): string {
  const what = `${request.mission} ${request.unit} ${request.productType}`;
  if ('level0Names' in request)
    return `${what}, ${request.level0Names.length} Level-0 name${request.level0Names.length === 1 ? '' : 's'}`;
  return `${what}, ${request.start} to ${request.stop}`;
}
