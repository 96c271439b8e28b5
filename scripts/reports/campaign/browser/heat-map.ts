/** Level-0 products (columns, by sensing time) × ADF types (rows), a pixel column for as many products as it has to hold. */
import { currentColours, onColourChange, prepared } from './colours';
import { gravest, nextProblem, type Grid } from './grid';
import { timeWords } from '../words';

export interface Place {
  row: number;
  column: number;
}

const GUTTER = 112;
const ROW = 15;
const AXIS = 20;
/** Columns that a page of the keyboard goes on. */
const PAGE_STEP = 50;

export class HeatMap {
  readonly #grid: Grid;
  readonly #box: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #onPlace: (place: Place) => void;
  #first = 0;
  #last: number;
  #place: Place | undefined;

  constructor(grid: Grid, box: HTMLElement, onPlace: (place: Place) => void) {
    this.#grid = grid;
    this.#box = box;
    this.#canvas = document.createElement('canvas');
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.#onPlace = onPlace;
    this.#last = grid.columns;
    box.append(this.#canvas);
    box.addEventListener('keydown', (event) => this.#key(event));
    this.#canvas.addEventListener('click', (event) => this.#click(event));
    this.#canvas.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    new ResizeObserver(() => this.draw()).observe(box);
    onColourChange(() => this.draw());
  }

  draw(): void {
    performance.mark('heat-map');
    const { rows, matrix } = this.#grid;
    const colours = currentColours();
    const width = this.#box.clientWidth;
    const height = rows * ROW + AXIS;
    const context = prepared(this.#canvas, width, height);
    context.font = '11px ui-monospace, Menlo, Consolas, monospace';
    context.textBaseline = 'middle';
    const room = Math.max(width - GUTTER, 1);
    const bars = Math.min(this.#last - this.#first, Math.floor(room * (devicePixelRatio || 1)));
    for (let row = 0; row < rows; row += 1) {
      const top = row * ROW;
      context.fillStyle = this.#place?.row === row ? colours.accent : colours.text;
      context.fillText(matrix.types[row]?.type.slice(0, 17) ?? '', 0, top + ROW / 2);
      this.#drawRow(context, colours.states, row, bars, room);
    }
    this.#drawAxis(context, colours.soft, width, rows * ROW);
    this.#drawPlace(context, colours.text, room);
    performance.measure('heat-map drawn', 'heat-map');
  }

  /** Neighbours of one state are one rectangle. */
  #drawRow(
    context: CanvasRenderingContext2D,
    states: readonly string[],
    row: number,
    bars: number,
    room: number,
  ): void {
    const shown = this.#last - this.#first;
    const rankOf = (bar: number): number => {
      const from = this.#first + Math.floor((bar * shown) / bars);
      return gravest(this.#grid, row, from, Math.max(from + 1, this.#first + Math.floor(((bar + 1) * shown) / bars)))
        .rank;
    };
    let [begin, rank] = [0, bars > 0 ? rankOf(0) : 0];
    for (let bar = 1; bar <= bars; bar += 1) {
      const next = bar === bars ? -1 : rankOf(bar);
      if (next === rank) continue;
      context.fillStyle = states[rank] ?? '';
      context.fillRect(GUTTER + (begin * room) / bars, row * ROW + 1, ((bar - begin) * room) / bars, ROW - 2);
      [begin, rank] = [bar, next];
    }
  }

  #drawAxis(context: CanvasRenderingContext2D, colour: string, width: number, top: number): void {
    const { level0 } = this.#grid.matrix;
    context.fillStyle = colour;
    context.fillText(timeWords(level0[this.#first]?.t0).slice(0, 16), GUTTER, top + AXIS / 2);
    const end = timeWords(level0[this.#last - 1]?.t0).slice(0, 16);
    context.fillText(end, Math.max(GUTTER, width - context.measureText(end).width), top + AXIS / 2);
  }

  #drawPlace(context: CanvasRenderingContext2D, colour: string, room: number): void {
    if (!this.#place) return;
    const step = room / (this.#last - this.#first);
    const left = GUTTER + (this.#place.column - this.#first) * step;
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.strokeRect(left - 1, this.#place.row * ROW, Math.max(step, 2) + 2, ROW);
  }

  select(place: Place): void {
    this.#place = place;
    if (place.column < this.#first || place.column >= this.#last) this.#show(place.column, this.#last - this.#first);
    this.draw();
    this.#onPlace(place);
  }

  goToProblem(): void {
    const { row, column } = this.#place ?? { row: this.#grid.rows - 1, column: this.#grid.columns - 1 };
    const found = nextProblem(this.#grid, row, column);
    if (found) this.select(found);
  }

  /** Shows `factor` times as many products, around the chosen one. */
  zoom(factor: number, around = this.#place?.column ?? (this.#first + this.#last) / 2): void {
    this.#show(around, (this.#last - this.#first) * factor);
    this.draw();
  }

  #show(around: number, wanted: number): void {
    const { columns } = this.#grid;
    const count = Math.min(columns, Math.max(Math.round(wanted), Math.min(10, columns)));
    this.#first = Math.min(Math.max(0, Math.round(around - count / 2)), columns - count);
    this.#last = this.#first + count;
  }

  #columnAt(x: number): number {
    const room = Math.max(this.#box.clientWidth - GUTTER, 1);
    const share = Math.min(Math.max(x - GUTTER, 0) / room, 0.999_999);
    return this.#first + Math.floor(share * (this.#last - this.#first));
  }

  #click({ offsetX, offsetY }: MouseEvent): void {
    const row = Math.min(Math.floor(offsetY / ROW), this.#grid.rows - 1);
    const from = this.#columnAt(offsetX);
    const { at } = gravest(this.#grid, row, from, Math.max(from + 1, this.#columnAt(offsetX + 1)));
    this.select({ row, column: at });
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.#columnAt(event.offsetX));
  }

  #key(event: KeyboardEvent): void {
    const action = this.#actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  readonly #actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => this.#move(0, -1),
    ArrowRight: () => this.#move(0, 1),
    ArrowUp: () => this.#move(-1, 0),
    ArrowDown: () => this.#move(1, 0),
    PageUp: () => this.#move(0, -PAGE_STEP),
    PageDown: () => this.#move(0, PAGE_STEP),
    Home: () => this.#move(0, -Infinity),
    End: () => this.#move(0, Infinity),
    '+': () => this.zoom(0.5),
    '-': () => this.zoom(2),
    n: () => this.goToProblem(),
  };

  #move(rows: number, columns: number): void {
    const { row, column } = this.#place ?? { row: 0, column: 0 };
    const within = (value: number, end: number): number => Math.min(Math.max(value, 0), end - 1);
    if (this.#place)
      this.select({ row: within(row + rows, this.#grid.rows), column: within(column + columns, this.#grid.columns) });
    else this.select({ row, column });
  }
}
