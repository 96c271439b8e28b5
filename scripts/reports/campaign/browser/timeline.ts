/** Which file of one type is valid when, above the sensing times of the Level-0 products that need it. */
import type { CampaignPicture, PictureFile } from '../campaign-picture';
import { currentColours, onColourChange, prepared, type Colours } from './colours';
import { pairs } from '../campaign-picture';
import { isOpen, timeWords } from './words';

interface Span {
  readonly start: number;
  readonly stop: number;
}

interface Bar extends Span {
  readonly file: PictureFile;
  readonly isChosen: boolean;
  readonly lane: number;
}

const LANE = 16;
const TICKS = 16;
const MARGIN = 18;
/** More lanes are not drawn: the newest files are. */
const MAX_LANES = 40;

/** Files of one type: those that baselines name, and candidates. */
export function filesOfType(
  { runs, cells }: CampaignPicture,
  row: number,
): { chosen: Set<number>; others: Set<number> } {
  const [chosen, others] = [new Set<number>(), new Set<number>()];
  for (const [, place] of pairs(runs[row] ?? [])) {
    const cell = cells[place];
    for (const file of cell?.files ?? []) chosen.add(file);
    for (const file of [...(cell?.expected ?? []), ...(cell?.next === undefined ? [] : [cell.next])]) others.add(file);
  }
  for (const file of chosen) others.delete(file);
  return { chosen, others };
}

/** Each file in the first lane that is free at its start. */
function barsOf(picture: CampaignPicture, row: number): Bar[] {
  const { chosen, others } = filesOfType(picture, row);
  const ends: number[] = [];
  return [...chosen, ...others]
    .flatMap((place) => {
      const file = picture.files[place];
      return file?.start === undefined || file.stop === undefined
        ? []
        : [{ file, start: file.start, stop: file.stop, isChosen: chosen.has(place) }];
    })
    .sort((a, b) => a.start - b.start || (b.file.creation ?? 0) - (a.file.creation ?? 0))
    .flatMap((bar) => {
      const free = ends.findIndex((end) => end <= bar.start);
      const lane = free < 0 ? ends.length : free;
      if (lane >= MAX_LANES) return [];
      ends[lane] = bar.stop;
      return [{ ...bar, lane }];
    });
}

export class Timeline {
  readonly #picture: CampaignPicture;
  readonly #canvas: HTMLCanvasElement;
  readonly #box: HTMLElement;
  readonly #sensed: Span;
  #row = 0;

  constructor(picture: CampaignPicture, box: HTMLElement) {
    this.#picture = picture;
    this.#box = box;
    this.#canvas = document.createElement('canvas');
    this.#canvas.setAttribute('aria-hidden', 'true');
    box.append(this.#canvas);
    this.#sensed = sensedSpan(picture);
    new ResizeObserver(() => this.draw()).observe(box);
    onColourChange(() => this.draw());
  }

  show(row: number): void {
    this.#row = row;
    this.draw();
  }

  draw(): void {
    const bars = barsOf(this.#picture, this.#row);
    const lanes = bars.reduce((most, { lane }) => Math.max(most, lane + 1), 1);
    const width = this.#box.clientWidth;
    const context = prepared(this.#canvas, width, TICKS + lanes * LANE + MARGIN);
    const view = this.#view();
    const place = (time: number): number => ((time - view.start) / (view.stop - view.start)) * width;
    const colours = currentColours();
    this.#drawSensing(context, colours, place);
    for (const bar of bars) drawBar(context, colours, bar, view, place);
    drawAxis(context, colours, view, width, TICKS + lanes * LANE);
  }

  /** The campaign's sensing times with a tenth on each side. */
  #view(): Span {
    const { start, stop } = this.#sensed;
    const margin = Math.max((stop - start) / 10, 600);
    return { start: start - margin, stop: stop + margin };
  }

  /** A tick per product; of the colour of its cell. */
  #drawSensing(context: CanvasRenderingContext2D, { states }: Colours, place: (time: number) => number): void {
    const { level0, cells, runs } = this.#picture;
    let column = 0;
    for (const [count, cell] of pairs(runs[this.#row] ?? [])) {
      const isMissing = cells[cell]?.state === 'missing';
      context.fillStyle = states[isMissing ? states.length - 1 : 1] ?? '';
      for (const end = column + count; column < end; column += 1) {
        const { start, stop } = level0[column] ?? {};
        if (start === undefined || stop === undefined) continue;
        const left = place(start);
        context.fillRect(left, isMissing ? 0 : 4, Math.max(place(stop) - left, 1), isMissing ? TICKS - 2 : TICKS - 6);
      }
    }
  }
}

function sensedSpan({ level0 }: CampaignPicture): Span {
  let [start, stop] = [Infinity, -Infinity];
  for (const sensed of level0) {
    start = Math.min(start, sensed.start ?? Infinity);
    stop = Math.max(stop, sensed.stop ?? -Infinity);
  }
  return start <= stop ? { start, stop } : { start: 0, stop: 86_400 };
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
