import { readFileSync } from 'node:fs';
import path from 'node:path';
import { plural } from '../../lib/format';
import { html, trusted, type Html } from '../page/html';
import { page } from '../page/page';
import { requestLine, requestSection } from '../run/request-section';
import { madeUpBanner } from '../run/made-up-banner';
import { numbersTiles } from '../run/run-numbers';
import type { RunReport } from '../run/run-report';
import { findingsSection, verdictBanner } from '../run/verdict-section';
import type { CompletenessMatrix } from '../../matrix/matrix';
import {
  CELL_COLOURS,
  COLOUR_WORDS,
  countColours,
  unpack,
  type CellColour,
  type PackedPicture,
} from './campaign-picture';
import { CAMPAIGN_STYLE } from './campaign-style';
import { failedChecksSection } from './failed-checks-section';
import { filesTable } from './files-table';
import { packedPicture } from './packed-picture';
import { provenanceSection } from './provenance-section';
import { transfersSection } from './transfers-section';
import { typesSection } from './types-section';

/** Bundled from browser/ by `npm run generate`. */
const PROGRAM_FILE = path.join(__dirname, 'browser-program.js');

/**
 * `campaign.html`: which Level-0 product has which auxiliary file, and why. One self-contained file; without scripts it still says the
 * verdict, the counts per type and the first files.
 */
export function campaignPage(report: RunReport, packed: PackedPicture): string {
  const { environment, auxflowVersion } = report;
  const picture = unpack(packed);
  const subject = requestLine(report.request);
  return page({
    title: `Campaign: ${subject} (${environment})`,
    kind: 'auxflow campaign',
    heading: 'Level-0 products and their auxiliary files',
    subject: `${subject} · ${environment}`,
    auxflowVersion,
    style: CAMPAIGN_STYLE,
    script: readFileSync(PROGRAM_FILE, 'utf8'),
    body: html`${madeUpBanner(report)}${verdictBanner(report)}${requestSection({ ...report, links: fromHere(report.links) })}${numbersTiles(report)}${findingsSection(report.findings)}${failedChecksSection(report.steps)}${notJudgedSection(report, picture.matrix)}${heatMapSection(picture.matrix)}${timelineSection(picture.matrix)}${typesSection(picture.matrix)}${transfersSection(report)}${filesTable(picture)}${provenanceSection(report)}
      <script type="text/plain" id="picture">
        ${trusted(packedPicture(packed))}
      </script>`,
  });
}

export const CAMPAIGN_PAGE = 'campaign.html';

/** Of the links of the run's page, all but the one that leads here. */
function fromHere(links: RunReport['links']): RunReport['links'] {
  return [
    { label: 'The run: requests, checks and transfers', href: 'index.html' },
    ...links.filter(({ href }) => href !== CAMPAIGN_PAGE),
  ];
}

function notJudgedSection({ completeness }: RunReport, { level0, reason }: CompletenessMatrix): Html {
  if (level0.length > 0) return html``;
  const known = completeness ? 'the judgement is known, its cells are not' : (reason ?? 'there is nothing to judge');
  return html`<section aria-labelledby="cells">
    <h2 id="cells">Every Level-0 product × every ADF type</h2>
    <p class="lead">Not judged here: ${known}.</p>
  </section> `;
}

function heatMapSection({ level0, types }: CompletenessMatrix): Html {
  if (level0.length === 0 || types.length === 0) return html``;
  const rows = types.map(countColours);
  const count = (colour: CellColour): number => rows.reduce((sum, counts) => sum + counts[colour], 0);
  return html`<section aria-labelledby="cells">
    <h2 id="cells">Every Level-0 product × every ADF type</h2>
    <p class="lead">
      ${plural(level0.length, 'Level-0 product')} in the order of sensing, ${plural(types.length, 'ADF type')}.
      <span class="on-screen"
        >Click a cell, or focus the map and use the arrow keys: the cell explains itself below.</span
      >
    </p>
    <ul class="legend">
      ${CELL_COLOURS.filter((state) => count(state) > 0 || state === 'missing').map(
        (state) =>
          html`<li>
            <span class="swatch" style="background: var(--state-${state})"></span>${COLOUR_WORDS[state]}:
            <b>${count(state).toLocaleString('en')}</b>
          </li>`,
      )}
    </ul>
    <div class="tools" id="heat-map-tools"></div>
    <div
      id="heat-map"
      tabindex="0"
      role="application"
      aria-label="Heat map of Level-0 products and ADF types: arrow keys move, n goes to the next problem, plus and minus zoom"
    ></div>
    <div id="cell" aria-live="polite"></div>
  </section> `;
}

function timelineSection({ types, level0 }: CompletenessMatrix): Html {
  if (level0.length === 0 || types.length === 0) return html``;
  return html`<section aria-labelledby="validity">
    <h2 id="validity">Validity over time</h2>
    <p class="lead">
      Above, the sensing times of the Level-0 products; below, the files of the type, each with the day it was made.
      Filled: named by a baseline. Dashed: a candidate that no baseline names. ∞: no end; ▸: valid beyond the picture.
    </p>
    <div class="tools shown">
      <label
        >ADF type
        <select id="timeline-type">
          ${types.map(({ type }, row) => html`<option value="${row}">${type}</option>`)}
        </select></label
      >
    </div>
    <div id="timeline-map"></div>
  </section> `;
}
