import { duration, plural } from '../../lib/format';
import { html, type Html } from '../page/html';
import { sizeOf } from '../page/size';
import type { RunReport } from '../run/run-report';
import { waterfallSvg } from '../run/waterfall-svg';

/** How the files came: bytes, rate, and when. */
export function transfersSection(report: RunReport): Html {
  const fetched = report.files.filter(
    ({ status, startMilliseconds }) => status === 'verified' && startMilliseconds !== undefined,
  );
  const drawing = waterfallSvg(report);
  if (fetched.length === 0 || !drawing) return html``;
  let [begin, end, bytes] = [Infinity, 0, 0];
  for (const file of fetched) {
    const { startMilliseconds: start = 0, seconds: took = 0 } = file;
    begin = Math.min(begin, start);
    end = Math.max(end, start + took * 1000);
    bytes += file.bytes;
  }
  const seconds = Math.max((end - begin) / 1000, 0.001);
  return html`<section aria-labelledby="transfers">
    <h2 id="transfers">Transfers</h2>
    <p class="lead">
      ${plural(fetched.length, 'file')}, ${sizeOf(bytes)} in ${duration(seconds)}: ${sizeOf(bytes / seconds)}/s.
    </p>
    ${drawing}
  </section> `;
}
