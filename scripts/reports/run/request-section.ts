import { duration } from '../../lib/format';
import { factsList } from '../page/facts-list';
import { html, type Html } from '../page/html';
import { truncationNote } from '../page/truncation-note';
import type { ReportedRequest, ReportLink, RunReport } from './run-report';

/** `S3OLCI A → L2LFR` */
export function requestLine({ mission, unit, productType }: ReportedRequest): string {
  return `${mission} ${unit} → ${productType}`;
}

/** What was asked, where and when, and what else lies beside the page. */
export function requestSection({ request, environment, siteUrl, startedAt, finishedAt, links }: RunReport): Html {
  // A clock that was set back meanwhile.
  const took = Math.max((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000, 0);
  const rows: [string, string | Html][] = [
    ['Mission, unit', `${request.mission}, ${request.unit}`],
    ['Product type', request.productType],
    ...subject(request),
    ['Environment', html`${environment}<br />${siteUrl}`],
    ['When', html`<time datetime="${startedAt}">${utc(startedAt)}</time><br />took ${duration(took)}`],
  ];
  return html`<section aria-labelledby="request">
    <h2 id="request">Request</h2>
    ${factsList(rows)} ${linkList(links)}
  </section> `;
}

const MAX_NAMES = 1000;

function subject({ level0Names, start, stop }: ReportedRequest): [string, string | Html][] {
  if (!level0Names) return [['Sensing interval', html`<span class="nowrap">${start} to</span><br />${stop}`]];
  const [first = '', ...others] = level0Names;
  if (others.length === 0) return [['L0 product', html`<span class="name">${first}</span>`]];
  const names = level0Names.slice(0, MAX_NAMES).map((name) => html`<li class="name">${name}</li>`);
  return [
    [
      'L0 products',
      html`<details>
        <summary>${level0Names.length} names</summary>
        <ul>
          ${names}
        </ul>
        ${truncationNote(level0Names.length, MAX_NAMES)}
      </details>`,
    ],
  ];
}

/** `2024-03-01 01:04:12 UTC` */
function utc(time: string): string {
  return time.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');
}

/** What else there is beside a page. */
export function linkList(links: readonly ReportLink[]): Html | undefined {
  if (links.length === 0) return undefined;
  return html`<ul class="links" aria-label="More about this run">
    ${links.map(({ label, href }) => {
      const address = relativeAddress(href);
      return address === undefined
        ? html`<li>${label}: ${href}</li>`
        : html`<li><a href="${address}">${label}</a></li>`;
    })}
  </ul>`;
}

/** Only what lies beside the page can be followed; anything with a scheme, a host or a root is shown as text. */
function relativeAddress(href: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:|^[\\/]|\p{Surrogate}/iu.test(href)) return undefined;
  return encodeURI(href).replace(/[?#]/g, encodeURIComponent);
}
