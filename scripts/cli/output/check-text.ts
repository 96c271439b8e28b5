import pc from 'picocolors';
import type { CheckedInput, CheckedLevel0, CheckedTable } from '../../campaign/processor/checked-table';
import type { Difference } from '../../processor/differences';
import type { InputState } from '../../processor/judge-inputs';
import type { Filling, InputSummary, TimeSpan } from '../../processor/summary';
import { plural } from '../../lib/format';
import type { RunEvent } from '../../session/run-events';

/** Single products are shown only where they are asked for. */
export function checkedLines(
  event: Extract<RunEvent, { type: 'checked-level0' | 'checked-table' }>,
  verbose: boolean,
): string[] {
  if (event.type === 'checked-table') return checkedTableLines(event.checked);
  return verbose ? checkedLevel0Lines(event.checked) : [];
}

/** A task table: its inputs by task, and where the services choose by another rule or interval. */
function checkedTableLines(checked: CheckedTable): string[] {
  const { file, processor, level0, inputs, decidingModes, modes } = checked;
  const isOneMode = modes.length === 1;
  const lines = ['', `${pc.bold(processor)} ${file}`];
  if (!isOneMode) lines.push(`  modes ${modes.join(', ')}; has to be complete: ${decidingModes.join(', ')}`);
  let task: string | undefined;
  for (const input of inputs) {
    if (input.task !== task) lines.push('', pc.bold(input.task));
    task = input.task;
    lines.push(...inputLines(input, level0));
  }
  return [...lines, ...differenceLines(checked.differences), ...unusedLines(checked.unused)];
}

function inputLines(input: InputSummary, of: number): string[] {
  const mode = input.mode === 'ALWAYS' ? '' : ` (${input.mode})`;
  const facts = STATES.flatMap((state) => {
    const count = input.level0[state];
    return count === undefined ? [] : [...stateFacts(state, input, count, of)];
  });
  const line = `  ${markOf(input)} ${input.types.join(' | ')}${pc.dim(`${mode}${input.mandatory ? '' : ' optional'}: ${facts.join('; ')}`)}`;
  const example = input.missing ?? input.unclear;
  const why = example ? [`      ${example.level0}`, ...example.why.map((reason) => `        ${reason}`)] : [];
  return [line, ...gapLines(input), ...why];
}

/** In the order in which they are shown. */
const STATES: readonly InputState[] = ['filled', 'level0', 'processor', 'elsewhere', 'absent', 'unclear', 'missing'];

function stateFacts(state: InputState, { filledBy }: InputSummary, count: number, of: number): readonly string[] {
  const share = count === of ? '' : `, ${count} of ${of}`;
  if (state === 'filled') return filledBy.map((filling) => fillingFact(filling, of));
  return [`${WORDS[state]}${share}`];
}

function fillingFact({ fileType, level0, files }: Filling, of: number): string {
  return `by ${fileType}${level0 === of ? '' : ` for ${level0} of ${of}`}, ${files.length === 1 ? (files[0] ?? '') : plural(files.length, 'file')}`;
}

const WORDS: Readonly<Record<Exclude<InputState, 'filled'>, string>> = {
  level0: 'the Level-0 product itself',
  processor: 'made by the processor',
  elsewhere: 'beside the baseline, the services have no such type',
  absent: 'not here',
  unclear: 'could not be judged',
  missing: 'missing',
};

function markOf({ level0 }: InputSummary): string {
  if (level0.missing !== undefined) return pc.red('✗');
  if (level0.unclear !== undefined) return pc.yellow('?');
  return level0.filled === undefined ? pc.dim('·') : pc.green('✓');
}

function gapLines({ gaps }: InputSummary): string[] {
  if (!gaps) return [];
  return [
    `      ${plural(gaps.level0, 'product')} not for the whole time, e.g. nothing for ${span(gaps.example.gap)} of ${gaps.example.level0}`,
  ];
}

function differenceLines(differences: readonly Difference[]): string[] {
  if (differences.length === 0) return [];
  return [
    '',
    pc.bold('The services choose otherwise (published rules and deltas)'),
    ...differences.map(differenceLine),
  ];
}

function differenceLine({ fileType, processor, service, inInterval }: Difference): string {
  const own = `${processor.retrievalMode} over ${widening(processor.t0, processor.t1)}`;
  const theirs = `${service.rule} over ${widening(service.delta0, service.delta1)}`;
  return `  ${fileType}: the processor ${own}, the services ${theirs}${inInterval ? pc.yellow(` (${inInterval})`) : ''}`;
}

function widening(before: number, after: number): string {
  return `T0 − ${before} s … T1 + ${after} s`;
}

function unusedLines(unused: readonly string[]): string[] {
  if (unused.length === 0) return [];
  return ['', `In the baselines, and no input of the table: ${unused.join(', ')}`];
}

/** Every input of one product, a line each. */
function checkedLevel0Lines({ processor, level0, inputs }: CheckedLevel0): string[] {
  return ['', `${level0} ${pc.dim(processor)}`, ...inputs.map(checkedInputLine)];
}

function checkedInputLine({
  task,
  mode,
  state,
  type,
  types,
  files = [],
  interval,
  gaps = [],
  why = [],
}: CheckedInput): string {
  const what = state === 'filled' ? files.join(', ') : WORDS[state];
  const time = interval && state === 'filled' ? [span(interval)] : [];
  const missing = gaps.map((gap) => `nothing for ${span(gap)}`);
  const facts = [...time, ...missing, ...(state === 'filled' ? [] : why)];
  return `  ${task} ${mode} ${type ?? types.join(' | ')}: ${what}${facts.length > 0 ? pc.dim(` (${facts.join('; ')})`) : ''}`;
}

const span = ({ from, to }: TimeSpan): string => `${from.slice(0, 19)}Z – ${to.slice(0, 19)}Z`;
