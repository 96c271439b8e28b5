/** Two requests in turn for each product of `edgeSamplesOf`: its candidates, then the baselines of its made-up names. */
import type { Answer } from '../answer';
import { deltaKey } from '../../../sentinel/published-deltas';
import { finding, type Finding } from '../finding';
import { seedOf } from '../sample-draw';
import type { Scope } from '../scope';
import {
  edgeNames,
  edgeSamplesOf,
  edgeStepsOf,
  edgeTypesOf,
  forgetNewest,
  keepNewest,
  worthKeeping,
  type EdgeSample,
} from '../selection/edges';
import { candidateOf, chosenOf, neededTypes, type Candidate, type Chosen, type WireFile } from '../selection/facts';
import { judge, opinions } from '../selection/judge';
import { recallKnowledge } from '../selection/knowledge';
import { misreadTimes } from '../selection/misread-times';
import { callOf } from '../selection/samples';
import type { Step } from '../selection/steps';
import { candidateFindings } from './selection-candidates';
import { entriesFindings } from './selection-entries';
import { EDGE_CANDIDATES } from '../../cases/rdb/selection-edges';

/** Where the walk through products, their requests, and their names stands. */
interface Place {
  readonly sample: number;
  /** LongNames of the types that are tried. */
  readonly types: readonly string[];
  readonly step: number;
  readonly files: readonly (readonly [name: string, start: number, stop: number, creation: number])[];
  /** Names that have not been asked for. */
  readonly names: readonly string[];
}

const PLACE = 'edge_place';
const QUERY = 'edge_query';
const CALL = 'edge_call';

/** Names of one call: 1700 characters. */
const AT_ONCE = 16;

/** Nothing of an earlier run, or of this one when it is done. */
export function forgetEdges(scope: Scope): void {
  for (const name of [PLACE, QUERY, CALL]) scope.remember(name, '');
  forgetNewest(scope);
}

/** The first request for candidates. */
export function prepareEdges(scope: Scope): void {
  goTo(0, scope);
}

/** To this product or the first one behind it that has something to ask for; at the end nothing is. */
function goTo(sample: number, scope: Scope): boolean {
  scope.remember(CALL, '');
  const edges = edgeSamplesOf(scope);
  for (let place = sample; place < edges.length; place++) {
    const edge = edges[place];
    const types = edge ? edgeTypesOf(edge, scope) : [];
    const query = edge && edgeStepsOf(edge, types)[0]?.query;
    if (query === undefined) continue;
    const names = types.map(({ longName }) => longName);
    scope.remember(QUERY, query);
    scope.remember(PLACE, { sample: place, types: names, step: 0, files: [], names: [] } satisfies Place);
    return true;
  }
  scope.remember(QUERY, '');
  scope.remember(PLACE, '');
  return false;
}

interface Here {
  readonly place: Place;
  readonly edge: EdgeSample;
  readonly steps: readonly Step[];
  readonly files: readonly Candidate[];
}

function here(scope: Scope): Here | undefined {
  const place = scope.recall(PLACE) as Place | undefined;
  const edge = place && edgeSamplesOf(scope)[place.sample];
  if (!place || !edge) return undefined;
  const files = place.files.map(([name, start, stop, creation]) => ({ name, start, stop, creation }));
  const types = neededTypes(edge.sample, scope).filter(({ longName }) => place.types.includes(longName));
  return { place, edge, steps: edgeStepsOf(edge, types), files };
}

/** Candidates of some types come in; after the last of a product its names are made. */
export function selectionEdgeCandidates(answer: Answer, scope: Scope): Finding[] {
  const now = here(scope);
  if (!now) return [];
  const { place, edge, steps } = now;
  const came = (answer.json() as { value: readonly WireFile[] }).value.map(candidateOf);
  const opinionOn = opinions(edge.sample, scope);
  const files = [...now.files, ...worthKeeping(came, steps[place.step]?.types ?? [], edge, opinionOn)];
  const query = steps[place.step + 1]?.query;
  const types = steps.flatMap((step) => step.types);
  if (query === undefined) keepNewest(edge, types, files, scope);
  const names = query === undefined ? edgeNames(edge, types, files, opinionOn, seedOf(scope)) : [];
  const kept = files.map(({ name, start, stop, creation }) => [name, start, stop, creation] as const);
  scope.remember(PLACE, { ...place, step: place.step + 1, files: kept, names } satisfies Place);
  if (query !== undefined) {
    scope.remember(QUERY, query);
    scope.repeat();
  } else if (names.length > 0) prepareCall(edge, names, scope);
  else if (goTo(place.sample + 1, scope)) scope.repeat();
  return [...candidateFindings('At edges', answer, scope), ...atTheEnd(scope)];
}

/** When all products were tried. */
function atTheEnd(scope: Scope): Finding[] {
  if (scope.recall(PLACE)) return [];
  return [finding('Every sensing is taken at its own time', () => misreadTimes(recallKnowledge(scope)))];
}

function prepareCall({ sample }: EdgeSample, names: readonly string[], scope: Scope): void {
  scope.remember(CALL, callOf({ ...sample, what: names.slice(0, AT_ONCE).join(',') }));
}

/** The baselines of some names: every type has the files that its rule chooses for those times. */
export function selectionEdges(answer: Answer, scope: Scope): Finding[] {
  const now = here(scope);
  if (!now) return [];
  const products = chosenOf(answer);
  const findings = judged(now, products, scope);
  const asked = now.place.names.slice(0, AT_ONCE);
  const sample = { ...now.edge.sample, what: asked.join(',') };
  const entries = entriesFindings('At edges', sample, answer, scope);
  goOn(now, scope);
  const lost =
    products.length === asked.length
      ? {}
      : { problem: `${asked.length} names were asked for, ${products.length} came` };
  return [{ promise: 'Every name has an entry', ...lost }, ...entries, ...findings, ...atTheEnd(scope)];
}

function judged({ edge, steps, files }: Here, products: readonly Chosen[], scope: Scope): Finding[] {
  const { sample } = edge;
  const types = steps.flatMap((step) => step.types);
  const isNewest = edge.round.kind === 'newest';
  const before = recallKnowledge(scope).types;
  return judge(types, files, sample, products, types, scope).map(({ type, problem, cause }) => {
    const { mission, unit, productType } = sample;
    const promise = `${mission} ${unit} ${productType} at ${isNewest ? 'newest files' : 'edges'}: ${type.longName} by ${type.rule}`;
    // Not where the type was wrong before, at other times.
    const isBehind = isNewest && !before[deltaKey(mission, type.longName)]?.nearest && cause?.key !== 'emptyBaseline';
    return { promise, problem, cause: isBehind ? { key: 'staleIndex' } : cause };
  });
}

/** To the next names of the product, or to the next product. */
function goOn({ place, edge }: Here, scope: Scope): void {
  const names = place.names.slice(AT_ONCE);
  if (names.length > 0) {
    scope.remember(PLACE, { ...place, names } satisfies Place);
    prepareCall(edge, names, scope);
    scope.repeat();
  } else if (goTo(place.sample + 1, scope)) scope.goTo(EDGE_CANDIDATES);
}
