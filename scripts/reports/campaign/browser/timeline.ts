/** Which file of one type is valid when, above the sensing times of the Level-0 products that need it. */
import type { CompletenessMatrix, MatrixFile } from '../../../matrix/matrix';
import { rankOf } from '../campaign-picture';
import { currentColours, onColourChange, prepared, type Colours } from './colours';
import { isOpen, timeWords } from '../words';

interface Span {
  readonly start: number;
  readonly stop: number;
}

interface Bar extends Span {
  readonly file: MatrixFile;
  readonly isChosen: boolean;
  readonly lane: number;
}

const LANE = 16;
const TICKS = 16;
const MARGIN = 18;
/** More are not drawn; files that a baseline names come first. */
const MAX_LANES = 40;

/** Files of one type: those that baselines name, and candidates near them. */
function filesOfType({ types }: CompletenessMatrix, row: number): { chosen: Set<number>; others: Set<number> } {
  const type = types[row];
  const chosen = new Set(type?.findings.flatMap(({ answered }) => answered));
  const others = new Set([...(type?.candidates ?? []), ...(type?.findings.flatMap(({ lost }) => lost.flat()) ?? [])]);
  for (const file of chosen) others.delete(file);
  return { chosen, others };
}

/** Each file that is valid in the view in the first lane that is free at its start. */
function barsOf(matrix: CompletenessMatrix, row: number, view: Span): Bar[] {
  const { chosen, others } = filesOfType(matrix, row);
  const ends: number[] = [];
  return [...chosen, ...others]
    .flatMap((place) => {
      const file = matrix.files[place];
      if (file?.start === undefined || file.stop === undefined) return [];
      const isSeen = file.stop >= view.start && file.start <= view.stop;
      return isSeen ? [{ file, start: file.start, stop: file.stop, isChosen: chosen.has(place) }] : [];
    })
    .sort(
      (a, b) =>
        Number(b.isChosen) - Number(a.isChosen) || a.start - b.start || (b.file.creation ?? 0) - (a.file.creation ?? 0),
    )
    .flatMap((bar) => {
      const free = ends.findIndex((end) => end <= bar.start);
      const lane = free < 0 ? ends.length : free;
      if (lane >= MAX_LANES) return [];
      ends[lane] = bar.stop;
      return [{ ...bar, lane }];
    });
}

export class Timeline {
  readonly #matrix: CompletenessMatrix;
  readonly #canvas: HTMLCanvasElement;
  readonly #box: HTMLElement;
  readonly #sensed: Span;
  #row = 0;

  constructor(matrix: CompletenessMatrix, box: HTMLElement) {
    this.#matrix = matrix;
    this.#box = box;
    this.#canvas = document.createElement('canvas');
    this.#canvas.setAttribute('aria-hidden', 'true');
    box.append(this.#canvas);
    this.#sensed = sensedSpan(matrix);
    new ResizeObserver(() => this.draw()).observe(box);
    onColourChange(() => this.draw());
  }

  show(row: number): void {
    this.#row = row;
    this.draw();
  }

  draw(): void {
    const view = this.#view();
    const bars = barsOf(this.#matrix, this.#row, view);
    const lanes = bars.reduce((most, { lane }) => Math.max(most, lane + 1), 1);
    const width = this.#box.clientWidth;
    const context = prepared(this.#canvas, width, TICKS + lanes * LANE + MARGIN);
    const place = (time: number): number => ((time - view.start) / (view.stop - view.start)) * width;
    const colours = currentColours();
    this.#drawSensing(context, colours, place);
    for (const bar of bars) drawBar(context, colours, bar, view, place);
    drawAxis(context, colours, view, width, TICKS + lanes * LANE);
  }

  /** The campaign's sensing times with a tenth on each side. */
  #view(): Span {
    const { start, stop } = this.#sensed;
    const margin = Math.max((stop - start) / 10, 600_000);
    return { start: start - margin, stop: stop + margin };
  }

  /** A tick per product, higher and of another colour where the type is missing. */
  #drawSensing(context: CanvasRenderingContext2D, { states }: Colours, place: (time: number) => number): void {
    const { level0, types } = this.#matrix;
    const type = types[this.#row];
    for (const [column, { t0, t1 }] of level0.entries()) {
      if (t0 === undefined || t1 === undefined) continue;
      const isMissing = type?.findings[type.cells[column] ?? 0]?.state === 'missing';
      context.fillStyle = states[rankOf(isMissing ? 'missing' : 'present')] ?? '';
      const left = place(t0);
      context.fillRect(left, isMissing ? 0 : 4, Math.max(place(t1) - left, 1), isMissing ? TICKS - 2 : TICKS - 6);
    }
  }
}

function sensedSpan({ level0 }: CompletenessMatrix): Span {
  let [start, stop] = [Infinity, -Infinity];
  for (const sensed of level0) {
    start = Math.min(start, sensed.t0 ?? Infinity);
    stop = Math.max(stop, sensed.t1 ?? -Infinity);
  }
  return start <= stop ? { start, stop } : { start: 0, stop: 86_400_000 };
}

function drawBar(
  context: CanvasRenderingContext2D,
  { accent, soft, card, text }: Colours,
  { file, start, stop, isChosen, lane }: Bar,
  view: Span,
  place: (time: number) => number,
): void {
  if (stop < view.start || start > view.stop) return;
  const [left, right] = [place(Math.max(start, view.start)), place(Math.min(stop, view.stop))];
  const top = TICKS + lane * LANE + 2;
  if (isChosen) {
    context.fillStyle = accent;
    context.fillRect(left, top, Math.max(right - left, 2), LANE - 4);
  } else {
    // Only its outline: nobody uses it.
    context.setLineDash([4, 3]);
    context.strokeStyle = soft;
    context.strokeRect(left + 0.5, top + 0.5, Math.max(right - left - 1, 2), LANE - 5);
    context.setLineDash([]);
  }
  context.font = '10px ui-monospace, Menlo, Consolas, monospace';
  context.textBaseline = 'middle';
  context.fillStyle = isChosen ? card : text;
  const words = `${stop > view.stop ? (isOpen(stop) ? '∞ ' : '▸ ') : ''}${timeWords(file.creation).slice(0, 10)}`;
  if (context.measureText(words).width + 6 < right - left) context.fillText(words, left + 4, top + LANE / 2 - 2);
}

function drawAxis(context: CanvasRenderingContext2D, { soft }: Colours, view: Span, width: number, top: number): void {
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = soft;
  context.textBaseline = 'middle';
  const ticks = Math.max(2, Math.min(6, Math.floor(width / 150)));
  for (let tick = 0; tick < ticks; tick += 1) {
    const words = timeWords(view.start + ((view.stop - view.start) * tick) / (ticks - 1)).slice(0, 16);
    const { width: length } = context.measureText(words);
    context.fillText(words, ((width - length) * tick) / (ticks - 1), top + MARGIN / 2);
  }
}
