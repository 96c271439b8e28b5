/**
 * Intervals of every mission, one request after the other: what a long one has, its parts must have, whichever they are, and a product must
 * have the same files by interval as by name. Files are left out where only products count, by a product type that does not exist.
 */
import { FOUND_MESSAGE } from '../../../sentinel/level0-messages';
import { parseLevel0Name, withoutExtension } from '../../../sentinel/level0-name';
import type { Answer } from '../answer';
import { entriesOf, type BaselineEntry } from '../baseline-sample';
import { finding, setDifference, type Finding } from '../finding';
import { asksAfter, callFor, sampleFor, type Ask } from '../intervals/asks';
import { boundsOf, knownProducts, lies, wholeOf, type KnownProduct } from '../intervals/sample-times';
import type { Scope } from '../scope';
import { linesOf, titleOf, type Sample } from '../selection/samples';
import { brokenEntries } from './selection-entries';

/** Where the walk stands: which sample, and the products of the whole interval. */
interface Place {
  readonly sample: number;
  readonly names: readonly string[];
  /** What is still to be asked. */
  readonly asks: readonly Ask[];
  /** The drawn product by interval: its message and files. */
  readonly kept?: readonly string[];
}

const PLACE = 'interval_place';
const CALL = 'interval_call';
const BEGINNING: Place = { sample: 0, names: [], asks: [] };

export function beginIntervals(scope: Scope): void {
  goTo(BEGINNING, scope);
}

/** The answer to the whole interval, or to what is asked after it. Goes on with the next request, or sample. */
export function intervalSamples(answer: Answer, scope: Scope): Finding[] {
  const place = (scope.recall(PLACE) as Place | undefined) ?? BEGINNING;
  const sample = linesOf('interval_samples', scope)[place.sample];
  if (!sample) return [{ promise: 'Every interval has been looked at' }];
  const entries = entriesOf(answer);
  const [ask, ...asks] = place.asks;
  if (!ask) {
    const names = entries.map(({ Level0 }) => Level0);
    goOn({ ...place, names, asks: asksAfter(sample, names, scope) }, scope);
    return [...wholeFindings(sample, names, scope), ...brokenEntries(titleOf(sample), sample, answer, scope)];
  }
  goOn({ ...place, asks, kept: ask.is === 'by-interval' ? linesFor(ask.product, entries) : undefined }, scope);
  const asked = sampleFor(sample, ask);
  return [
    ...askFindings(ask, sample, entries, place, scope),
    ...(ask.is === 'neighbours' ? [] : brokenEntries(titleOf(asked), asked, answer, scope)),
  ];
}

/** Products that the environment names must be there: what is lost in all intervals alike shows nowhere else. */
function wholeFindings(sample: Sample, came: readonly string[], scope: Scope): Finding[] {
  const prefix = `${sample.mission.slice(0, 2)}${sample.unit}`;
  const kinds = new Set(came.map((name) => parseLevel0Name(name)?.kind));
  const known = knownProducts(scope);
  const due = known
    .map(({ name }) => name)
    .filter((name) => name.startsWith(prefix) && kinds.has(parseLevel0Name(name)?.kind))
    .filter((name) => lies(boundsOf(name, known), wholeOf(sample)) === 'inside');
  return [
    finding(`${titleOf(sample)}: it has products`, () => (came.length > 0 ? undefined : 'none')),
    finding(`${titleOf(sample)}: products that are known lie in it`, () =>
      setDifference(
        due,
        due.filter((name) => came.includes(name)),
        'products',
      ),
    ),
    finding(`${titleOf(sample)}: each product once, of the satellite, and inside`, () => {
      const wrong = came.find(
        (name) => !name.startsWith(prefix) || lies(boundsOf(name, known), wholeOf(sample)) === 'outside',
      );
      return wrong ?? setDifference([...new Set(came)], came, 'products');
    }),
  ];
}

function askFindings(
  ask: Ask,
  sample: Sample,
  entries: readonly BaselineEntry[],
  { names, kept }: Place,
  scope: Scope,
): Finding[] {
  const { productType, what } = sampleFor(sample, ask);
  const title = `${sample.mission} ${sample.unit}`;
  switch (ask.is) {
    case 'part': {
      const came = entries.map(({ Level0 }) => Level0);
      return partFindings(`${titleOf(sample)}: ${what}`, ask, names, came, knownProducts(scope), sample);
    }
    case 'neighbours':
      return [
        finding(`${titleOf(sample)}: no product is missing that is there by name`, () => {
          const found = entries.find(({ Message }) => Message === FOUND_MESSAGE);
          return found && `a product whose name begins with ${withoutExtension(found.Level0)}`;
        }),
      ];
    case 'by-interval':
      return [
        finding(`${title} ${productType}: the interval of ${ask.product} has it`, () =>
          entries.some(({ Level0 }) => Level0 === ask.product) ? undefined : 'it is missing',
        ),
      ];
    case 'by-name':
      return [
        finding(`${title} ${productType}: ${ask.asked} has the files by name that it has by interval`, () =>
          setDifference(kept ?? [], linesFor(ask.asked, entries), 'files'),
        ),
      ];
  }
}

function partFindings(
  title: string,
  part: Ask & { readonly is: 'part' },
  names: readonly string[],
  came: readonly string[],
  known: readonly KnownProduct[],
  sample: Sample,
): Finding[] {
  const within = (name: string): ReturnType<typeof lies> => lies(boundsOf(name, known), part);
  return [
    finding(`${title} has its products`, () => {
      const sure = (name: string): boolean =>
        within(name) !== 'unsure' && lies(boundsOf(name, known), wholeOf(sample)) === 'inside';
      const due = names.filter((name) => sure(name) && within(name) === 'inside');
      return setDifference(due, came.filter(sure), 'products');
    }),
    finding(`${title} has no others`, () => {
      const stranger = came.find((name) => within(name) === 'outside');
      return stranger && `${stranger} lies outside`;
    }),
  ];
}

function linesFor(product: string, entries: readonly BaselineEntry[]): readonly string[] {
  return entries
    .filter(({ Level0 }) => Level0 === product)
    .flatMap(({ Message, AuxDataFiles }) => [Message, ...AuxDataFiles.map(({ Name, AuxipLink }) => Name + AuxipLink)]);
}

function goOn(place: Place, scope: Scope): void {
  goTo(place.asks.length > 0 ? place : { ...BEGINNING, sample: place.sample + 1 }, scope);
  if (scope.value(CALL) !== '') scope.repeat();
}

function goTo(place: Place, scope: Scope): void {
  const sample = linesOf('interval_samples', scope)[place.sample];
  scope.remember(PLACE, sample ? place : '');
  scope.remember(CALL, sample ? callFor(sample, place.asks[0]) : '');
}
