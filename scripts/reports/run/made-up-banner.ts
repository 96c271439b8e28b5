import { html, type Html } from '../page/html';
import type { RunReport } from './run-report';

/** Before the verdict: a sandbox's files look like real ones. */
export function madeUpBanner({ contents }: Pick<RunReport, 'contents'>): Html | undefined {
  if (contents !== 'made-up') return undefined;
  return html`<p class="made-up">
    <strong>Made-up bytes.</strong> The answers came from a sandbox: the files have real names, but their contents are not auxiliary data.
  </p> `;
}
