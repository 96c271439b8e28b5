import type { BaselineAnswer } from '../../../services/schema/types/BaselineAnswer';

const TEMPLATE = `
<style>
  body { font: 13px/1.4 system-ui, sans-serif; margin: 12px; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid #ccc; padding: 4px 8px; text-align: left; vertical-align: top; }
  td.name { font-family: ui-monospace, monospace; word-break: break-all; }
</style>
<h3>{{level0}} Level-0 products, {{distinct}} distinct auxiliary files</h3>
<table>
  <thead><tr><th>Level-0 product</th><th>In the data base</th><th>Auxiliary files</th></tr></thead>
  <tbody>
    {{#each rows}}
    <tr><td class="name">{{name}}</td><td>{{known}}</td>
      <td class="name">{{#each files}}<a href="{{AuxipLink}}">{{Name}}</a><br>{{/each}}</td></tr>
    {{/each}}
  </tbody>
</table>`;

/** Rows shown: the app slows down on thousands of links, and the answer itself stays complete. */
const MAX_ROWS = 50;

/** The answer as a table in the app's Visualize tab. */
export function showBaseline(entries: BaselineAnswer['value']): void {
  const links = new Set(entries.flatMap((entry) => entry.AuxDataFiles.map((file) => file.AuxipLink)));
  pm.visualizer.set(TEMPLATE, {
    level0: entries.length,
    distinct: links.size,
    rows: entries.slice(0, MAX_ROWS).map((entry) => ({
      name: entry.Level0,
      known: entry.Message.startsWith('Warning') ? 'no (times from the name)' : 'yes',
      files: entry.AuxDataFiles,
    })),
  });
}
