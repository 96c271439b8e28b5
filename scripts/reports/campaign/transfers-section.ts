import { duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { sizeOf } from '../page/size';
import type { RunReport } from '../run/run-report';
import { waterfallSvg } from '../run/waterfall-svg';

/** How the files came: bytes, rate, retries and pauses, and when. */
export function transfersSection(report: RunReport): Html {
  const fetched = report.files.filter(
    ({ status, startMilliseconds }) => status === 'verified' && startMilliseconds !== undefined,
  );
  const drawing = waterfallSvg(report);
  if (fetched.length === 0 || !drawing) return html``;
  const begin = Math.min(...fetched.map(({ startMilliseconds = 0 }) => startMilliseconds));
  const end = Math.max(...fetched.map(({ startMilliseconds = 0, seconds = 0 }) => startMilliseconds + seconds * 1000));
  const bytes = fetched.reduce((sum, file) => sum + file.bytes, 0);
  const seconds = Math.max((end - begin) / 1000, 0.001);
  return html`<section aria-labelledby="transfers">
    <h2 id="transfers">Transfers</h2>
    <p class="lead">
      ${plural(fetched.length, 'file')}, ${sizeOf(bytes)} in ${duration(seconds)}: ${sizeOf(bytes / seconds)}/s.
    </p>
    ${drawing}
  </section> `;
}
