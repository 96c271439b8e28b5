/** The chain by which rdb.svc chooses the auxiliary files of one Level-0 product (rdb.md#selection). */
import { isWanted, typesOfMission, type AdfType } from './adf-types';
import { youngEnough, type MaxAges } from './age';
import { groupByBand } from './bands';
import { icidAt, type IcidPeriod } from './icid';
import { hasAttributes, type AttributeRow } from './level0-attributes';
import { applyRule, type SelectionRuleName, type Sensing, type Validity } from './selection-rules';

/** A file to choose from. */
export interface AdfFile extends Validity {
  readonly name: string;
  readonly type: AdfType;
}

export interface SelectionRequest {
  readonly level0: string;
  /** Epoch milliseconds: from the name, or for a known Sentinel-2 product from the database. */
  readonly t0: number;
  readonly t1: number;
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
}

/** Seconds by which an ADF type widens the sensing interval. */
export interface Deltas {
  readonly delta0: number;
  readonly delta1: number;
}

export const NO_DELTAS: Deltas = { delta0: 0, delta1: 0 };

/** Where the facts come from. Only types and files are needed; what is left out is not configured, and filters nothing. */
export interface SelectionSource<File extends AdfFile> {
  /** All types, in the order of reprocessing.svc. */
  readonly types: readonly AdfType[];
  /** Files of a type for one satellite, in the order of rdb.md#candidates. */
  adfsOfType(type: AdfType, platform: string, unit: string): readonly File[];
  /** A shortcut for `chooseFiles` on a list as `adfsOfType` gave it; it must choose the same files. */
  choose?(files: readonly File[], rule: SelectionRuleName, sensing: Sensing): readonly File[];
  /** Undefined is a missing row, an exception in the service. */
  deltasOf?(mission: string, type: AdfType): Deltas | undefined;
  attributeRows?: readonly AttributeRow[];
  maxAges?: MaxAges;
  icid?: IcidSource;
}

export interface IcidSource {
  timelineOf(unit: string): readonly IcidPeriod[];
  /** Whether files of the type are filtered at all. */
  appliesTo(type: AdfType): boolean;
  /** Names that auxip.svc lists for the type with this configuration; undefined when asking fails. */
  namesOf(type: AdfType, icid: number): ReadonlySet<string> | undefined;
}

/** The files chosen for one type; never empty. */
export interface ChosenFiles<File> {
  readonly type: AdfType;
  readonly files: readonly File[];
}

/**
 * The chosen files by type, in the order of the service. What is an exception inside the service's walk ends the
 * selection, and what was chosen until then stands: the caller of the service cannot tell (rdb.md#selection).
 */
export function selectAdfs<File extends AdfFile>(
  request: SelectionRequest,
  source: SelectionSource<File>,
): readonly ChosenFiles<File>[] {
  const chosen: ChosenFiles<File>[] = [];
  const icid = icidOf(request, source);
  if (icid === 'broken') return chosen;
  for (const type of typesOfMission(source.types, request.mission)) {
    if (!isWanted(type, request.productType)) continue;
    const files = filesOf(type, request, source, icid);
    if (files === 'broken') break;
    if (files.length > 0) chosen.push({ type, files });
  }
  return chosen;
}

/** The rule, for each band where the files have bands. */
export function chooseFiles<File extends Validity & { readonly name: string }>(
  files: readonly File[],
  rule: SelectionRuleName,
  sensing: Sensing,
): readonly File[] {
  return groupByBand(files).flatMap((group) => applyRule(rule, group, sensing));
}

function filesOf<File extends AdfFile>(
  type: AdfType,
  request: SelectionRequest,
  source: SelectionSource<File>,
  icid: number | undefined,
): readonly File[] | 'broken' {
  const passes = hasAttributes(request.level0, type.longName, source.attributeRows ?? []);
  if (passes === undefined) return 'broken';
  if (!passes) return [];
  const all = source.adfsOfType(type, request.mission.slice(0, 2), request.unit);
  if (all.length === 0) return [];
  const files = filtered(all, type, request, source, icid);
  if (files === undefined) return 'broken';
  const deltas = source.deltasOf ? source.deltasOf(request.mission, type) : NO_DELTAS;
  if (deltas === undefined) return 'broken';
  const choose = files === all && source.choose ? source.choose.bind(source) : chooseFiles;
  return choose(files, type.rule, { t0: request.t0, t1: request.t1, ...deltas });
}

/** By instrument configuration, then by age; the same list when neither is configured for the type. */
function filtered<File extends AdfFile>(
  files: readonly File[],
  type: AdfType,
  { t0, t1 }: SelectionRequest,
  { icid: icidSource, maxAges }: SelectionSource<File>,
  icid: number | undefined,
): readonly File[] | undefined {
  let remaining = files;
  if (icid !== undefined && icidSource?.appliesTo(type)) {
    const names = icidSource.namesOf(type, icid);
    if (!names) return undefined;
    remaining = remaining.filter((file) => names.has(file.name));
  }
  return maxAges?.has(type.shortName) ? youngEnough(remaining, t0, t1, maxAges) : remaining;
}

/** The unit's timeline is asked for every platform, also for those without instrument configurations (rdb.md#instrument-configuration). */
function icidOf<File extends AdfFile>(
  { unit, t0 }: SelectionRequest,
  { icid }: SelectionSource<File>,
): number | undefined | 'broken' {
  const timeline = icid?.timelineOf(unit) ?? [];
  if (timeline.length === 0) return undefined;
  const value = icidAt(timeline, t0);
  return typeof value === 'number' ? value : 'broken';
}
