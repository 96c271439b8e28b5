/** What a campaign comes to against a task table, input by input. Pure. */
import type { InputState, Interval } from './judge-inputs';
import type { JudgedInput, JudgedLevel0 } from './judge-campaign';

/** By which alternative an input is filled. */
export interface Filling {
  readonly fileType: string;
  readonly order: number;
  /** Level-0 products. */
  readonly level0: number;
  /** Names of distinct files. */
  readonly files: readonly string[];
  readonly example: { readonly level0: string; readonly files: readonly string[]; readonly interval?: TimeSpan };
}

/** UTC, ISO 8601. */
export interface TimeSpan {
  readonly from: string;
  readonly to: string;
}

export interface InputSummary {
  readonly task: string;
  readonly mode: string;
  readonly mandatory: boolean;
  /** File types of its alternatives, in their order. */
  readonly types: readonly string[];
  /** Level-0 products by what became of the input. */
  readonly level0: Readonly<Partial<Record<InputState, number>>>;
  readonly filledBy: readonly Filling[];
  /** Files are there, and not for the whole time. */
  readonly gaps?: { readonly level0: number; readonly example: { readonly level0: string; readonly gap: TimeSpan } };
  /** The first product for which it is missing, and the first for which that could not be judged; `why` for each alternative. */
  readonly missing?: Example;
  readonly unclear?: Example;
}

export interface Example {
  readonly level0: string;
  readonly why: readonly string[];
}

interface Filled {
  readonly fileType: string;
  readonly order: number;
  level0: number;
  readonly files: Set<string>;
  readonly example: Filling['example'];
}

/** Collects verdicts of one input over all products. */
class InputTally {
  readonly #counts: Partial<Record<InputState, number>> = {};
  readonly #filled = new Map<number, Filled>();
  #gaps: { level0: number; readonly example: { level0: string; gap: TimeSpan } } | undefined;
  readonly #examples: { missing?: Example; unclear?: Example } = {};

  constructor(
    readonly first: JudgedInput,
    readonly wordsOf: WordsOf,
  ) {}

  add(level0: string, { verdict }: JudgedInput): void {
    const { state } = verdict;
    this.#counts[state] = (this.#counts[state] ?? 0) + 1;
    if (state === 'filled') this.#addFilled(level0, verdict);
    if (state === 'missing' || state === 'unclear')
      this.#examples[state] ??= { level0, why: verdict.obstacles.map(this.wordsOf) };
  }

  #addFilled(level0: string, { alternative, files, interval, gaps }: JudgedInput['verdict']): void {
    if (!alternative) return;
    const { fileType, order } = alternative;
    const place = this.first.input.alternatives.indexOf(alternative);
    const exampleOf = (): Filling['example'] => ({
      ...{ level0, files: files.map(({ name }) => name), interval: interval && timeSpan(interval) },
    });
    const filled = this.#filled.get(place) ?? { fileType, order, level0: 0, files: new Set(), example: exampleOf() };
    filled.level0 += 1;
    for (const { name } of files) filled.files.add(name);
    this.#filled.set(place, filled);
    const [gap] = gaps;
    if (!gap) return;
    this.#gaps ??= { level0: 0, example: { level0, gap: timeSpan(gap) } };
    this.#gaps.level0 += 1;
  }

  summary(): InputSummary {
    const { task, input } = this.first;
    return {
      task: task.name,
      mode: input.mode,
      mandatory: input.isMandatory,
      types: input.alternatives.map(({ fileType }) => fileType),
      level0: this.#counts,
      filledBy: [...this.#filled.values()].map((filled) => ({ ...filled, files: [...filled.files] })),
      gaps: this.#gaps,
      ...this.#examples,
    };
  }
}

export type WordsOf = (obstacle: JudgedInput['verdict']['obstacles'][number]) => string;

/** Goes on while products are judged; ask for the summaries when all are. */
export function summarize(wordsOf: WordsOf): {
  readonly add: (judged: JudgedLevel0) => void;
  readonly summaries: () => readonly InputSummary[];
} {
  let tallies: readonly InputTally[] | undefined;
  return {
    add({ level0, inputs }) {
      tallies ??= inputs.map((judged) => new InputTally(judged, wordsOf));
      for (const [place, judged] of inputs.entries()) tallies[place]?.add(level0, judged);
    },
    summaries: () => (tallies ?? []).map((tally) => tally.summary()),
  };
}

export function timeSpan({ from, to }: Interval): TimeSpan {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
