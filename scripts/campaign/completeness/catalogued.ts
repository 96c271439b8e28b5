/** Files of types of which nothing is listed, as the catalogue has them: otherwise a type that every product lacks is never missed. */
import { Failure } from '../../errors/errors';
import { inGroups } from '../../lib/in-groups';
import { parseAdfName } from '../../sentinel/adf-name';
import { isOfType, searchText, type AdfType } from '../../sentinel/adf-types';
import type { Auxip } from '../../services/auxip';
import { throwIfInterrupted } from '../../services/interruption';
import { MAX_DELTA, NEAR, reachOf, stamp, type Candidate, type Reach, type Span } from './candidates';
import type { TypesAndCandidates } from './listed-facts';
import { wantedTypes } from './judge';

export interface CatalogueQuestion {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  readonly span: Span;
  readonly auxip: Pick<Auxip, 'names'>;
  readonly signal: AbortSignal;
}

export interface Catalogued {
  readonly facts: TypesAndCandidates;
  /** LongNames of types for which the catalogue did not answer. */
  readonly unasked: readonly string[];
}

/** One request after another, each for several types: a URL holds some 2000 characters, and the catalogue compares every name. */
const TYPES_PER_REQUEST = 12;
const MAX_TYPES = 60;
const MAX_FILES = 100;

/** @throws Failure INTERRUPTED */
export async function withCatalogued(facts: TypesAndCandidates, question: CatalogueQuestion): Promise<Catalogued> {
  const { mission, productType, auxip, signal } = question;
  const unlisted = wantedTypes(facts.types, mission, productType).filter(
    (type) => facts.candidatesOf(type).length === 0,
  );
  const found = new Map<AdfType, readonly Candidate[]>();
  try {
    const waiting = partsOf(unlisted.slice(0, MAX_TYPES));
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const names = await auxip.names(optionsFor(part, question), signal);
      // A page that is full may be that of a few types only.
      if (names.length >= MAX_FILES && part.types.length > 1) waiting.push(...singly(part));
      else for (const type of part.types) found.set(type, candidatesIn(names, type));
    }
  } catch (error) {
    throwIfInterrupted(signal);
    // What fails for one type, after its retries, is not asked again for the others.
    if (!(error instanceof Failure)) throw error;
  }
  const unasked = unlisted.filter((type) => !found.has(type)).map(({ longName }) => longName);
  const candidatesOf = (type: AdfType): readonly Candidate[] => found.get(type) ?? facts.candidatesOf(type);
  return { facts: { ...facts, candidatesOf }, unasked };
}

interface Part {
  readonly reach: Reach;
  readonly types: readonly AdfType[];
}

function partsOf(types: readonly AdfType[]): Part[] {
  return [...new Set(types.map(reachOf))].flatMap((reach) => {
    const same = types.filter((type) => reachOf(type) === reach);
    return Array.from(inGroups(same, TYPES_PER_REQUEST), (group): Part => ({ reach, types: group }));
  });
}

const singly = ({ reach, types }: Part): Part[] => types.map((type) => ({ reach, types: [type] }));

function candidatesIn(names: readonly string[], type: AdfType): readonly Candidate[] {
  const files = new Map<string, Candidate>();
  for (const name of names) {
    const parsed = isOfType(name, type) ? parseAdfName(name) : undefined;
    if (parsed) files.set(name, { name, start: parsed.start, stop: parsed.stop, creation: parsed.creation });
  }
  return [...files.values()];
}

/** Query options of Products, in plain text. */
function optionsFor({ reach, types }: Part, { mission, unit, span }: CatalogueQuestion): string {
  const platform = mission.slice(0, 2);
  const texts = [...new Set(types.map(({ longName }) => searchText(longName)))];
  const filter = [
    `(startswith(Name,'${platform}_') or startswith(Name,'${platform}${unit}'))`,
    `(${texts.map((text) => `contains(Name,'${text}')`).join(' or ')})`,
    ...conditionsOf(reach, span),
  ].join(' and ');
  const order = reach === 'latest-stop' ? 'End' : 'Start';
  return `$filter=${filter}&$orderby=ContentDate/${order} desc&$top=${MAX_FILES}`;
}

function conditionsOf(reach: Reach, { from, to }: Span): readonly string[] {
  switch (reach) {
    case 'around':
      return [`ContentDate/Start le ${stamp(to + MAX_DELTA)}`, `ContentDate/End ge ${stamp(from - MAX_DELTA)}`];
    case 'near-start':
      return [`ContentDate/Start ge ${stamp(from - NEAR)}`, `ContentDate/Start le ${stamp(to + NEAR)}`];
    case 'near-stop':
      return [`ContentDate/End ge ${stamp(from - NEAR)}`, `ContentDate/End le ${stamp(to + NEAR)}`];
    case 'latest-start':
    case 'latest-stop':
    case 'all':
      return [];
  }
}
