import { bytes } from '../../lib/format';
import { html, type Html } from './html';

/** `9.38 MB`, with the exact number at hand. */
export function sizeOf(count: number): Html {
  return html`<span title="${count} bytes">${bytes(count)}</span>`;
}
