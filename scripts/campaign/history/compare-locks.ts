/** What became other between two campaigns: files by type, and the Level-0 products whose set of files is another one. Pure. */
import { createBreath } from '../../lib/breathe';
import { stemOf } from '../../sentinel/adf-name';
import { bandOf } from '../../sentinel/bands';
import type { CampaignFile } from '../campaign-file';
import type { CampaignLock, LockedRequest } from '../lock/campaign-lock';

/** A file is the same where its name is, with or without extension; its content where the MD5 is, as far as both locks know it. */
export interface TypeDifference {
  readonly type: string;
  /** In the new lock only, and in place of no other. */
  readonly added: readonly string[];
  /** In the old lock only, and nothing in its place. */
  readonly removed: readonly string[];
  /** A file in the place of another, for so many Level-0 products. */
  readonly superseded: readonly { readonly old: string; readonly new: string; readonly level0: number }[];
  /** Another content under the same name. */
  readonly replaced: readonly string[];
  /** Level-0 products in both locks whose files of the type differ. */
  readonly level0: number;
}

export interface CampaignDifference {
  /** Types with differences, by name. */
  readonly types: readonly TypeDifference[];
  /** Level-0 products in both locks whose files differ: what was made from them with the old set is stale. */
  readonly affected: readonly { readonly level0: string; readonly types: readonly string[] }[];
  /** What was made of the affected products: the product type of the old request. */
  readonly stale: string;
  readonly level0Added: readonly string[];
  readonly level0Removed: readonly string[];
  /** What could not be told, in sentences. */
  readonly notes: readonly string[];
}

/** Signals have their turn meanwhile: campaigns of 20 000 products take seconds. */
export async function compareLocks(old: CampaignLock, now: CampaignLock): Promise<CampaignDifference> {
  const [before, after] = [tableOf(old), tableOf(now)];
  const replaced = replacedBetween(before, after);
  const types = new Map<string, TypeTally>();
  const tallyOf = (type: string): TypeTally => {
    const known = types.get(type) ?? { superseded: new Map<string, number>(), inPlace: new Set<string>(), level0: 0 };
    types.set(type, known);
    return known;
  };
  const affected: { level0: string; types: string[] }[] = [];
  const breathe = createBreath();
  for (const [level0, files] of before.level0) {
    const newer = after.level0.get(level0);
    if (!newer) continue;
    await breathe();
    const changed = changesOf(files, newer, { before, after, replaced });
    for (const [type, change] of changed) tally(tallyOf(type), change);
    if (changed.size > 0) affected.push({ level0, types: [...changed.keys()].sort() });
  }
  const only = (here: LockTable, there: LockTable) => [...here.files].filter(([stem]) => !there.files.has(stem));
  for (const [, { type }] of [...only(before, after), ...only(after, before)]) tallyOf(type);
  for (const stem of replaced) tallyOf(after.files.get(stem)?.type ?? '');
  const lists = { added: only(after, before), removed: only(before, after), replaced, after };
  return {
    types: [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, counted]) => differenceOf(type, counted, lists)),
    affected,
    stale: old.request.productType,
    level0Added: namesOnly(after, before),
    level0Removed: namesOnly(before, after),
    notes: notesOf(old, now),
  };
}

interface LockTable {
  /** By stem. */
  readonly files: ReadonlyMap<string, CampaignFile>;
  /** Stems of the files of each Level-0 product. */
  readonly level0: ReadonlyMap<string, readonly string[]>;
}

function tableOf({ files, level0 }: CampaignLock): LockTable {
  const stems = files.map(({ name }) => stemOf(name));
  return {
    files: new Map(files.map((file, place) => [stems[place] ?? '', file])),
    level0: new Map(level0.map(({ name, files: places }) => [name, places.flatMap((place) => stems[place] ?? [])])),
  };
}

function replacedBetween(before: LockTable, after: LockTable): ReadonlySet<string> {
  const isOther = (old: CampaignFile, now?: CampaignFile): boolean =>
    old.md5 !== undefined && now?.md5 !== undefined && old.md5 !== now.md5;
  return new Set([...before.files].flatMap(([stem, old]) => (isOther(old, after.files.get(stem)) ? [stem] : [])));
}

/** Of one product and type. */
interface Change {
  readonly removed: string[];
  readonly added: string[];
}

interface TypeTally {
  /** `old new`, both stems, with the number of products. */
  readonly superseded: Map<string, number>;
  /** Stems that are part of such a pair. */
  readonly inPlace: Set<string>;
  level0: number;
}

function changesOf(
  old: readonly string[],
  now: readonly string[],
  { before, after, replaced }: { before: LockTable; after: LockTable; replaced: ReadonlySet<string> },
): Map<string, Change> {
  const [had, has] = [new Set(old), new Set(now)];
  const changes = new Map<string, Change>();
  const changeOf = (type = ''): Change => {
    const known = changes.get(type) ?? { removed: [], added: [] };
    changes.set(type, known);
    return known;
  };
  for (const stem of had) if (!has.has(stem)) changeOf(before.files.get(stem)?.type).removed.push(stem);
  for (const stem of has) if (!had.has(stem)) changeOf(after.files.get(stem)?.type).added.push(stem);
  for (const stem of has) if (had.has(stem) && replaced.has(stem)) changeOf(after.files.get(stem)?.type);
  return changes;
}

/** A removed file and an added one of the same type and band, in the order of their names: the one is in the place of the other. */
function tally(counted: TypeTally, { removed, added }: Change): void {
  counted.level0++;
  const left = [...added].sort();
  for (const old of [...removed].sort()) {
    const place = left.findIndex((stem) => bandOf(`${stem}.`) === bandOf(`${old}.`));
    const [now] = place < 0 ? [] : left.splice(place, 1);
    if (now === undefined) continue;
    const pair = `${old} ${now}`;
    counted.superseded.set(pair, (counted.superseded.get(pair) ?? 0) + 1);
    counted.inPlace.add(old).add(now);
  }
}

interface Lists {
  readonly added: readonly (readonly [string, CampaignFile])[];
  readonly removed: readonly (readonly [string, CampaignFile])[];
  readonly replaced: ReadonlySet<string>;
  readonly after: LockTable;
}

function differenceOf(type: string, counted: TypeTally, { added, removed, replaced, after }: Lists): TypeDifference {
  const own = (rows: Lists['added']): string[] =>
    rows.flatMap(([stem, file]) => (file.type === type && !counted.inPlace.has(stem) ? [file.name] : [])).sort();
  return {
    type,
    added: own(added),
    removed: own(removed),
    superseded: [...counted.superseded]
      .map(([pair, level0]) => {
        const [old = '', now = ''] = pair.split(' ');
        return { old, new: now, level0 };
      })
      .sort((a, b) => b.level0 - a.level0 || (a.old < b.old ? -1 : 1)),
    replaced: [...replaced].filter((stem) => after.files.get(stem)?.type === type).sort(),
    level0: counted.level0,
  };
}

function namesOnly(here: LockTable, there: LockTable): string[] {
  return [...here.level0.keys()].filter((name) => !there.level0.has(name)).sort();
}

const REQUESTED = ['mission', 'unit', 'productType'] as const;

function notesOf(old: CampaignLock, now: CampaignLock): string[] {
  const asked = ({ mission, unit, productType }: LockedRequest): string => `${mission} ${unit} ${productType}`;
  const unlike = REQUESTED.some((key) => old.request[key] !== now.request[key]);
  const partial = [...(old.complete ? [] : ['old']), ...(now.complete ? [] : ['new'])].map(
    (which) =>
      `A part of the ${which} request was never answered: Level-0 products and files that its lock does not name may be missing from it only.`,
  );
  const unproven = (files: readonly CampaignFile[]): number => files.filter(({ md5 }) => md5 === undefined).length;
  const unknown = unproven(old.files) + unproven(now.files);
  return [
    ...(unlike ? [`The requests differ: ${asked(old.request)} and ${asked(now.request)}.`] : []),
    ...partial,
    ...(unknown > 0
      ? [`Of ${unknown} files no MD5 is known: whether their content is the same was not compared.`]
      : []),
  ];
}
