import type { BaselineAnswer } from '../services/schema/types/BaselineAnswer';
import { Failure, type AuxflowError } from '../errors/errors';
import type { AnsweredInterval } from './completeness/left-out-level0';
import { parseAdfName, UNKNOWN_TYPE } from '../sentinel/adf-name';
import { parseLevel0Name } from '../sentinel/level0-name';
import { isSafeFileName } from '../sentinel/safe-name';

/** One distinct auxiliary file of a campaign. */
export interface ManifestFile {
  /** Lower-case UUID in auxip.svc. */
  readonly id: string;
  /** Without the blanks or newline that the service may append (rdb.md#files-and-links). */
  readonly name: string;
  /** ADF type as the name says it, e.g. `OL_2_PPP_AX`. */
  readonly type: string;
  /** How many Level-0 products need it. */
  readonly neededBy: number;
}

export interface ManifestLevel0 {
  readonly name: string;
  readonly known: boolean;
  readonly files: readonly string[];
  /** Files that one entry lists more than once; absent where there are none. */
  readonly twice?: readonly string[];
  /** Files that only some of the answers for it have; absent where all answers are equal. */
  readonly differing?: readonly string[];
}

export interface Manifest {
  /** Each Level-0 product once, however many answers name it. */
  readonly level0: readonly ManifestLevel0[];
  readonly files: readonly ManifestFile[];
  /** Pairs of a Level-0 product and a file it needs: what a client without de-duplication would download. */
  readonly references: number;
  /** Links that lead elsewhere, names that are none, one id under two names or one name under two ids. */
  readonly refused: readonly AuxflowError[];
  /** What was asked by interval, and the Level-0 products of each answer; absent where nothing was asked. */
  readonly intervals?: readonly AnsweredInterval[];
}

/** Takes answers one after another, so that no two need to be in memory at once. */
export interface ManifestCollector {
  /** @param url as it was asked for */
  add(answer: BaselineAnswer, url?: string): void;
  manifest(): Manifest;
}

const PRODUCT_ID = /^Products\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\/\$value$/;

interface Collected {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** A name with its link, once for all the thousands of its mentions: campaigns have hundreds of thousands. */
interface Reference {
  readonly name: string;
  /** Absent when it was refused. */
  readonly file?: Collected;
}

interface CollectedLevel0 {
  known: boolean;
  /** Of all its answers. */
  references: readonly Reference[];
  twice?: readonly string[];
  differing?: ReadonlySet<string>;
}

/**
 * The distinct files of baseline answers, by catalogue id. `auxipRoot` is the only place a link may lead to: a link to another
 * host is refused and never asked for.
 */
export function collectManifest(auxipRoot: string): ManifestCollector {
  const files = new Map<string, Collected>();
  /** Each once: there are hundreds for tens of thousands of files. */
  const types = new Map<string, string>();
  const level0 = new Map<string, CollectedLevel0>();
  const references = new Map<string, Reference>();
  const refused: AuxflowError[] = [];
  const intervals: AnsweredInterval[] = [];

  function readFile(name: string, link: string): Collected | undefined {
    try {
      const read = readReference(name, link, auxipRoot);
      const type = types.get(read.type) ?? read.type;
      types.set(type, type);
      const file = files.get(read.id) ?? { id: read.id, name: read.name, type };
      if (file.name !== name)
        throw new Failure({ code: 'CATALOGUE_DISAGREES', method: 'GET', url: link, expected: file.name, came: name });
      files.set(file.id, file);
      return file;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      refused.push(error.detail);
      return undefined;
    }
  }

  function referenceOf(name: string, link: string): Reference {
    const key = `${name}\n${link}`;
    const known = references.get(key);
    if (known) return known;
    const reference = { name, file: readFile(name, link) };
    references.set(key, reference);
    return reference;
  }

  return {
    add({ value }, url = '') {
      const interval = intervalIn(url);
      if (interval) intervals.push({ ...interval, names: new Set(value.map(({ Level0 }) => Level0)) });
      for (const { Level0, Message, AuxDataFiles } of value) {
        const before = level0.get(Level0);
        const entry = before ?? { known: false, references: [] };
        entry.known ||= !Message.startsWith('Warning');
        const named = AuxDataFiles.map(({ Name, AuxipLink }) => referenceOf(Name.trim(), AuxipLink));
        entry.twice = repeatedIn(named) ?? entry.twice;
        if (before) entry.differing = new Set([...(before.differing ?? []), ...onlyInOne(before.references, named)]);
        entry.references = [...new Set([...entry.references, ...named])];
        level0.set(Level0, entry);
      }
    },
    manifest() {
      const level0Rows = Array.from(level0, ([name, entry]) => level0Row(name, entry));
      return {
        level0: level0Rows,
        files: withNeededBy(files, level0),
        references: level0Rows.reduce((sum, row) => sum + row.files.length, 0),
        refused: [...refused, ...sameNameTwice(files.values())],
        intervals,
      };
    },
  };
}

function level0Row(name: string, { known, references, twice, differing }: CollectedLevel0): ManifestLevel0 {
  const files = [...namesOf(references)];
  return { name, known, files, ...(twice ? { twice } : {}), ...(differing?.size ? { differing: [...differing] } : {}) };
}

/** Names of files that one of two answers lacks. */
function onlyInOne(a: readonly Reference[], b: readonly Reference[]): string[] {
  const [first, second] = [namesOf(a), namesOf(b)];
  return [...first, ...second].filter((name) => !first.has(name) || !second.has(name));
}

function namesOf(references: readonly Reference[]): ReadonlySet<string> {
  return new Set(references.map(({ name }) => name));
}

/** Names that come more than once; undefined where there are none. */
function repeatedIn(named: readonly Reference[]): string[] | undefined {
  const names = named.map(({ name }) => name);
  if (new Set(names).size === names.length) return undefined;
  return [...new Set(names.filter((name, place) => names.indexOf(name) !== place))];
}

/** Of the interval form of the call; undefined for that by names. */
function intervalIn(url: string): { from: number; to: number } | undefined {
  const [, start = '', stop = ''] = /\(start=([^,]+),stop=([^,)]+)/.exec(decodeURIComponent(url)) ?? [];
  const [from, to] = [Date.parse(start), Date.parse(stop)];
  return Number.isNaN(from + to) ? undefined : { from, to };
}

function withNeededBy(
  files: ReadonlyMap<string, Collected>,
  level0: ReadonlyMap<string, CollectedLevel0>,
): ManifestFile[] {
  const neededBy = new Map<Collected, number>();
  for (const { references } of level0.values())
    for (const { file } of references) if (file) neededBy.set(file, (neededBy.get(file) ?? 0) + 1);
  return Array.from(files.values(), (file) => {
    const { id, name, type } = file;
    return { id, name, type, neededBy: neededBy.get(file) ?? 0 };
  });
}

function readReference(name: string, link: string, auxipRoot: string): Collected {
  if (!isSafeFileName(name)) throw new Failure({ code: 'NAME_UNSAFE', name });
  if (parseLevel0Name(name)) throw new Failure({ code: 'NAME_OF_LEVEL0', name });
  const id = link.startsWith(`${auxipRoot}/`) ? PRODUCT_ID.exec(link.slice(auxipRoot.length + 1))?.[1] : undefined;
  if (!id) throw new Failure({ code: 'LINK_FOREIGN', link, expected: `${auxipRoot}/Products(…)/$value` });
  return { id: textOfItsOwn(id), name, type: parseAdfName(name)?.type ?? UNKNOWN_TYPE };
}

/** V8 keeps a piece of a text as a window on the whole: each id would keep its link, three times as long, for the whole campaign. */
function textOfItsOwn(piece: string): string {
  return Buffer.from(piece).toString();
}

/** Two ids for one name is what a replacement in progress looks like (auxip.md#names-and-replacements): said, because only one can have the name. */
function sameNameTwice(files: Iterable<Collected>): AuxflowError[] {
  const ids = new Map<string, string>();
  const found: AuxflowError[] = [];
  for (const { id, name } of files) {
    const another = ids.get(name);
    if (another) found.push({ code: 'NAME_TWICE', name, ids: [another, id] });
    ids.set(name, id);
  }
  return found;
}
