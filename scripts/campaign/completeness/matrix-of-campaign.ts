/** The completeness matrix (matrix/matrix.ts) of a campaign that was judged. Pure. */
import { parseAdfName, UNKNOWN_TYPE } from '../../sentinel/adf-name';
import { hasAttributes, PUBLISHED_ATTRIBUTE_ROWS } from '../../sentinel/level0-attributes';
import { NO_DELTAS } from '../../sentinel/select-adfs';
import {
  noCells,
  type CellFinding,
  type CellReason,
  type CompletenessMatrix,
  type MatrixFile,
  type MatrixType,
} from '../../matrix/matrix';
import { chooserOf } from './chooser';
import { doubtOf } from './doubts';
import type { JudgedCampaign, JudgedQuestion, KnownDeviation } from './judge';
import { listedNames, type Answer, type Sensed } from './products';

export interface MatrixContext {
  readonly unit: string;
  /** Why reprocessing.svc was not read. */
  readonly reason?: string;
  /** LongNames that may be missing. */
  readonly allowMissing?: readonly string[];
  /** When the catalogue will forget a file (epoch milliseconds), as far as its answers say so. */
  readonly evictions?: ReadonlyMap<string, number>;
}

export function matrixOf(campaign: JudgedCampaign, context: MatrixContext): CompletenessMatrix {
  const { facts, questions, sensed } = campaign;
  const order = [...facts.products.keys()].sort(
    (a, b) => (sensed[a]?.t0 ?? Infinity) - (sensed[b]?.t0 ?? Infinity) || a - b,
  );
  const files = fileTable(campaign, context.evictions);
  const rows = questions.map((question) => rowOf(question, { campaign, context, order, files }));
  return {
    mission: facts.mission,
    unit: context.unit,
    productType: facts.productType,
    source: facts.isListed ? 'reprocessing.svc' : 'published table',
    ...(context.reason === undefined ? {} : { reason: context.reason }),
    level0: order.map((place) => {
      const { name = '', known = false } = facts.products[place] ?? {};
      const times = sensed[place];
      return { name, known, ...(times ? { t0: times.t0, t1: times.t1 } : {}) };
    }),
    types: [...rows, ...foreignRows(campaign, order, files)],
    files: files.all,
  };
}

interface FileTable {
  readonly all: readonly MatrixFile[];
  placeOf(name: string): number;
}

interface RowContext {
  readonly campaign: JudgedCampaign;
  readonly context: MatrixContext;
  /** Places of the products in the facts, by column. */
  readonly order: readonly number[];
  readonly files: FileTable;
}

/** Candidates with the times that are listed, all others with those of their names. */
function fileTable({ questions, answers }: JudgedCampaign, evictions?: ReadonlyMap<string, number>): FileTable {
  const all: MatrixFile[] = [];
  const places = new Map<string, number>();
  const add = (file: MatrixFile): number => {
    const known = places.get(file.name);
    if (known !== undefined) return known;
    const eviction = evictions?.get(file.name);
    places.set(file.name, all.push(eviction === undefined ? file : { ...file, eviction }) - 1);
    return all.length - 1;
  };
  const placeOf = (name: string): number => places.get(name) ?? add(named(name));
  for (const { candidates } of questions)
    for (const { name, start, stop, creation } of candidates) add({ name, start, stop, creation });
  for (const name of answers.strange.keys()) placeOf(name);
  return { all, placeOf };
}

function named(name: string): MatrixFile {
  const parsed = parseAdfName(name);
  return parsed ? { name, start: parsed.start, stop: parsed.stop, creation: parsed.creation } : { name };
}

function rowOf(question: JudgedQuestion, { campaign, context, order, files }: RowContext): MatrixType {
  const { type, candidates, verdict, products, answers } = question;
  const { sensed, facts } = campaign;
  const deviations = new Map(question.deviations.map((deviation) => [deviation.product, deviation]));
  const choose = chooserOf(type.rule, candidates);
  const findings = findingTable((name) => files.placeOf(name));
  const listedName = listedNames(candidates);
  const listed = (names: readonly string[]): string[] => names.map(listedName);
  const cells = Uint32Array.from(order, (place) => {
    const [times, answer] = [products[place], answers[place]];
    if (!times || !answer || !sensed[place])
      return findings.add({ state: 'unknown', why: 'name', answered: answer?.names ?? [] });
    if (facts.products[place]?.files.length === 0) {
      const lost = choose({ t0: times.t0, t1: times.t1, ...verdict.deltas });
      if (lost.length > 0) return findings.add({ state: 'missing', why: 'empty', answered: [], lost }, answer, lost);
    }
    const deviation = deviations.get(place);
    if (deviation)
      return findings.add(deviating(deviation, answer, question, campaign, context), answer, deviation.misfit);
    const twice = facts.products[place]?.twice ?? [];
    if (twice.length > 0 && answer.names.some((name) => listed(twice).includes(name)))
      return findings.add({ state: 'duplicate', answered: answer.names }, answer);
    return findings.add(withoutDeviation(answer.names, question, facts.isListed, times), answer);
  });
  const { longName, rule, variability } = type;
  const deltas = { ...verdict.deltas, source: verdict.deltaSource };
  const known = candidates.map(({ name }) => files.placeOf(name));
  return { type: longName, wanted: true, rule, variability, deltas, candidates: known, ...findings.row(cells) };
}

/** A finding with names instead of places. */
interface Named {
  readonly state: CellFinding['state'];
  readonly why?: CellReason;
  readonly answered: readonly string[];
  readonly lost?: readonly (readonly { readonly name: string }[])[];
  readonly extra?: readonly string[];
}

function deviating(
  deviation: KnownDeviation,
  { names: answered }: Answer,
  question: JudgedQuestion,
  { facts }: JudgedCampaign,
  { allowMissing = [] }: MatrixContext,
): Named {
  const { lost, extra } = deviation.misfit;
  const told = { answered, lost, extra };
  // Of files that were not listed, only that some are there can be told.
  if (!facts.isListed && deviation.kind !== 'missing') return { state: 'present', why: 'not-compared', answered };
  const doubt = doubtOf(deviation, question, facts);
  if (doubt) return { state: 'unknown', why: doubt, ...told };
  if (deviation.kind !== 'missing') return { ...KINDS[deviation.kind], ...told };
  return { state: 'missing', why: allowMissing.includes(question.type.longName) ? 'allowed' : 'type', ...told };
}

const KINDS: Readonly<Record<Exclude<KnownDeviation['kind'], 'missing'>, Pick<CellFinding, 'state' | 'why'>>> = {
  incomplete: { state: 'missing', why: 'some' },
  superseded: { state: 'unexpected', why: 'superseded' },
  wrong: { state: 'unexpected', why: 'wrong' },
  unexpected: { state: 'unexpected', why: 'surplus' },
  unknown: { state: 'unknown', why: 'beyond' },
};

function withoutDeviation(
  answered: readonly string[],
  { type, mission, candidates }: JudgedQuestion,
  isListed: boolean,
  times: Sensed,
): Named {
  if (answered.length > 0) return { state: 'present', answered, ...(isListed ? {} : { why: 'not-compared' as const }) };
  if (!isListed) return { state: 'unknown', why: 'not-listed', answered };
  const rows = mission === 'S1SAR' ? PUBLISHED_ATTRIBUTE_ROWS : [];
  const isExcluded = hasAttributes(times.name, type.longName, rows) === false;
  const why = isExcluded ? 'attributes' : candidates.length === 0 ? 'no-file' : 'none-applies';
  return { state: 'not-applicable', why, answered };
}

/** Files of types that nobody wants, a row for each type that their names say. */
function foreignRows({ answers, facts }: JudgedCampaign, order: readonly number[], files: FileTable): MatrixType[] {
  const types = new Set([...answers.strange.keys()].map(typeOf));
  return [...types].sort().map((type): MatrixType => {
    const findings = findingTable((name) => files.placeOf(name));
    const cells = Uint32Array.from(order, (place) => {
      const names = (facts.products[place]?.files ?? []).filter(
        (name) => answers.strange.has(name) && typeOf(name) === type,
      );
      const finding: Named =
        names.length > 0
          ? { state: 'unexpected', why: 'foreign', answered: names, extra: names }
          : { state: 'not-applicable', answered: [] };
      return findings.add(finding);
    });
    const deltas = { ...NO_DELTAS, source: 'zero' as const };
    return { type, wanted: false, deltas, candidates: [], ...findings.row(cells) };
  });
}

function typeOf(name: string): string {
  return parseAdfName(name)?.type ?? UNKNOWN_TYPE;
}

/** Findings of a row, each once. */
function findingTable(placeOf: (name: string) => number) {
  const findings: CellFinding[] = [];
  const byContent = new Map<string, number>();
  const known = new Map<Answer, Map<object | undefined, Map<string, number>>>();
  const places = (names: readonly string[]): number[] => names.map(placeOf);

  function placed({ state, why, answered, lost = [], extra = [] }: Named): number {
    const finding: CellFinding = {
      state,
      ...(why === undefined ? {} : { why }),
      answered: places(answered),
      lost: lost.map((alternatives) => alternatives.map(({ name }) => placeOf(name))),
      extra: places(extra),
    };
    const key = JSON.stringify(finding);
    const place = byContent.get(key) ?? findings.push(finding) - 1;
    byContent.set(key, place);
    return place;
  }

  return {
    /** @param answer with the misfit, what the finding was made of: the same two, state and reason give the same finding */
    add(finding: Named, answer?: Answer, misfit?: object): number {
      if (!answer) return placed(finding);
      const byMisfit = known.get(answer) ?? new Map<object | undefined, Map<string, number>>();
      const byState = byMisfit.get(misfit) ?? new Map<string, number>();
      known.set(answer, byMisfit.set(misfit, byState));
      const key = `${finding.state} ${finding.why ?? ''}`;
      const place = byState.get(key) ?? placed(finding);
      byState.set(key, place);
      return place;
    },
    row(cells: Uint32Array): Pick<MatrixType, 'findings' | 'cells' | 'counts'> {
      const counts = noCells();
      for (const place of cells) {
        const state = findings[place]?.state;
        if (state) counts[state]++;
      }
      return { findings, cells, counts };
    },
  };
}
