import { html, type Html } from './html';

/** Names and values, as many side by side as there is room for. */
export function factsList(rows: readonly (readonly [name: string, value: string | Html])[]): Html {
  return html`<dl class="facts">
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
