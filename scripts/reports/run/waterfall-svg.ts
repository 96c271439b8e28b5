import { bytes, duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import type { ReportedFile, ReportedPause, ReportedStep, RunReport } from './run-report';
import { axisOf, type Axis } from '../page/time-axis';

/** Something that took time. Milliseconds since the run's start. */
export interface Span {
  readonly start: number;
  readonly length: number;
  readonly kind: 'request' | 'transfer' | 'failed' | 'pause' | 'verification';
  readonly title: string;
}

const LANE = 14;
const GAP = 3;
const HEADING = 22;
const FOOT = 22;
/** Of one group: more could not be told apart, and each has a text of its own. */
const MAX_BARS = 2000;

/**
 * When what happened: requests in one lane, because Newman sends one after the other; transfers in as many lanes as ran at
 * once. Positions are percentages and heights pixels, so that text keeps its size at any width.
 * @returns nothing when there is nothing to draw
 */
export function waterfallSvg(report: Pick<RunReport, 'steps' | 'files' | 'pauses'>): Html | undefined {
  const groups = [
    { what: 'request', spans: report.steps.flatMap(spanOfStep) },
    { what: 'transfer', spans: report.files.flatMap(spanOfFile) },
    { what: 'verification', spans: report.files.flatMap(verificationOf) },
    { what: 'pause for the quota', many: 'pauses for the quota', spans: (report.pauses ?? []).map(spanOfPause) },
  ].filter(({ spans }) => spans.length > 0);
  if (groups.length === 0) return undefined;
  const axis = axisOf(lastEnd(groups.flatMap(({ spans }) => spans)));
  let top = 0;
  const drawn = groups.map(({ what, many, spans }) => {
    const lanes = lanesOf(spans);
    const heading = `${plural(spans.length, what, many)}${laneNote(lanes.length)}${drawnNote(spans.length)}`;
    const group = drawGroup(heading, withinBars(lanes), top, axis);
    top += HEADING + lanes.length * (LANE + GAP);
    return group;
  });
  return html`<svg
    class="waterfall"
    width="100%"
    height="${top + FOOT}"
    role="img"
    aria-labelledby="waterfall-title waterfall-text"
  >
    <title id="waterfall-title">Timeline of requests and transfers</title>
    <desc id="waterfall-text">${describe(groups)} A bar's figures stand in the tables of this page.</desc>
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="failed" width="6" height="6" />
        <line class="hatch" y2="6" />
      </pattern>
    </defs>
    ${drawAxis(axis, top)}${drawn}
  </svg>`;
}

/** Each span goes to the first lane that is free when it starts. */
export function lanesOf(spans: readonly Span[]): Span[][] {
  const lanes: Span[][] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const free = lanes.find((lane) => {
      const last = lane.at(-1);
      return last !== undefined && last.start + last.length <= span.start;
    });
    if (free) free.push(span);
    else lanes.push([span]);
  }
  return lanes;
}

function lastEnd(spans: readonly Span[]): number {
  return spans.reduce((latest, { start, length }) => Math.max(latest, start + length), 0);
}

/** The lanes with the failed and the longest bars only, where they have too many. */
function withinBars(lanes: readonly Span[][]): readonly Span[][] {
  const spans = lanes.flat();
  if (spans.length <= MAX_BARS) return lanes;
  const isFailed = ({ kind }: Span): number => Number(kind === 'failed');
  const drawn = new Set(spans.sort((a, b) => isFailed(b) - isFailed(a) || b.length - a.length).slice(0, MAX_BARS));
  return lanes.map((lane) => lane.filter((span) => drawn.has(span)));
}

function drawnNote(bars: number): string {
  return bars > MAX_BARS ? `; drawn are ${MAX_BARS}, the failed and the longest` : '';
}

function laneNote(lanes: number): string {
  return lanes > 1 ? `, up to ${lanes} at once` : '';
}

function describe(groups: readonly { what: string; many?: string; spans: readonly Span[] }[]): string {
  return groups
    .map(({ what, many, spans }) => {
      const from = spans.reduce((first, { start }) => Math.min(first, start), Infinity);
      const failed = spans.filter(({ kind }) => kind === 'failed').length;
      return `${plural(spans.length, what, many)} from ${duration(from / 1000)} to ${duration(lastEnd(spans) / 1000)}, ${failed} failed.`;
    })
    .join(' ');
}

function drawGroup(heading: string, lanes: readonly Span[][], top: number, axis: Axis): Html {
  const bars = lanes.map((lane, index) => {
    const y = top + HEADING + index * (LANE + GAP);
    return lane.map(
      ({ start, length, kind, title }) =>
        html`<rect
          class="bar ${kind}"
          x="${axis.percent(start)}%"
          y="${y}"
          width="${axis.percent(length)}%"
          height="${LANE}"
          ><title>${title}</title></rect
        >`,
    );
  });
  return html`<text class="heading" x="0" y="${top + HEADING - 7}">${heading}</text>${bars} `;
}

function drawAxis({ ticks, percent }: Axis, bottom: number): Html {
  const line = ticks.map(
    (tick) =>
      html`<line class="tick" x1="${percent(tick)}%" x2="${percent(tick)}%" y1="0" y2="${bottom}" /><text
          class="label"
          x="${percent(tick)}%"
          y="${bottom + 15}"
          dx="${tick === 0 ? 0 : 4}"
          >${duration(tick / 1000)}</text
        >`,
  );
  return html`${line} `;
}

function spanOfStep(step: ReportedStep): Span[] {
  if (step.skipped) return [];
  const failed = step.status === undefined || step.assertions.some(({ ok }) => !ok);
  const answer = step.status === undefined ? 'no answer' : `status ${step.status}`;
  return [
    {
      start: step.startMilliseconds,
      length: step.milliseconds,
      kind: failed ? 'failed' : 'request',
      title: `${step.name}: ${answer}, ${duration(step.milliseconds / 1000)}, ${bytes(step.bytes)}`,
    },
  ];
}

/** Over the network, where that is known: a file is verified while the next one comes. */
function spanOfFile({ name, bytes: size, status, network, ...whole }: ReportedFile): Span[] {
  const { startMilliseconds, seconds } = network ?? whole;
  if (seconds === undefined || startMilliseconds === undefined) return [];
  const failed = status === 'failed';
  return [
    {
      start: startMilliseconds,
      length: seconds * 1000,
      kind: failed ? 'failed' : 'transfer',
      title: `${name}: ${failed ? 'failed' : bytes(size)}, ${duration(seconds)}`,
    },
  ];
}

function verificationOf({ name, network, startMilliseconds, seconds }: ReportedFile): Span[] {
  if (!network || seconds === undefined || startMilliseconds === undefined) return [];
  const start = network.startMilliseconds + network.seconds * 1000;
  const length = Math.max(startMilliseconds + seconds * 1000 - start, 0);
  return [{ start, length, kind: 'verification', title: `${name}: verified, ${duration(length / 1000)}` }];
}

function spanOfPause({ startMilliseconds, seconds, until }: ReportedPause): Span {
  return {
    start: startMilliseconds,
    length: seconds * 1000,
    kind: 'pause',
    title: `Paused for the quota until ${until}, ${duration(seconds)}`,
  };
}
