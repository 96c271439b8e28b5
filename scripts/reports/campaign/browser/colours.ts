import { CELL_COLOURS } from '../campaign-picture';

/** As the page's style says now: light, dark or on paper. */
export interface Colours {
  readonly text: string;
  readonly soft: string;
  readonly card: string;
  readonly accent: string;
  /** By rank. */
  readonly states: readonly string[];
}

export function currentColours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    soft: read('soft'),
    card: read('card'),
    accent: read('accent'),
    states: CELL_COLOURS.map((colour) => read(`state-${colour}`)),
  };
}

/** Calls back whenever the colours may have changed. */
export function onColourChange(redraw: () => void): void {
  for (const query of ['(prefers-color-scheme: dark)', 'print']) matchMedia(query).addEventListener('change', redraw);
}

/** A canvas with as many dots as its place on this screen has. Sizes are CSS pixels. */
export function prepared(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no canvas');
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}
