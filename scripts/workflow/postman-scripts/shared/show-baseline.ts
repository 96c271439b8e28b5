import type { BaselineAnswer } from '../../../services/schema/types/BaselineAnswer';
import { pictureOf } from './baseline-picture';
import { WIDTH } from './time-runs';

/** Handlebars, as the app has it: `{{…}}` is escaped, and there is no `{{{…}}}`. */
const TEMPLATE = `
<style>
  body { font: 13px/1.4 system-ui, sans-serif; margin: 12px; background: #fff; color: #16232e; }
  h3 { margin: 0 0 6px; font-size: 16px; }
  .verdict { border-left: 5px solid #1a7443; padding-left: 10px; } .verdict.bad { border-color: #b3202a; }
  p { margin: 4px 0; color: #546370; }
  table { border-collapse: collapse; width: 100%; }
  th, td { padding: 2px 8px 2px 0; text-align: left; vertical-align: middle; white-space: nowrap; }
  thead th { color: #546370; font-weight: 600; border-bottom: 1px solid #ccc; }
  td.picture { width: 55%; }
  svg { display: block; width: 100%; height: 15px; background: #f3f5f7; }
  .file { fill: #4a90b8; } .sensing { fill: #16232e; } .lacking { fill: #b3202a; } .uncovered { fill: #b36b00; }
  .says { color: #b3202a; } .says.soft { color: #8a5a00; }
  .name { font-family: ui-monospace, monospace; font-size: 12px; word-break: break-all; white-space: normal; }
  .key { display: inline-block; width: 11px; height: 11px; vertical-align: -1px; margin: 0 4px 0 10px; }
  h4 { margin: 14px 0 4px; } ul { margin: 2px 0 6px; padding-left: 20px; }
</style>
<div class="verdict{{#unless good}} bad{{/unless}}"><h3>{{headline}}</h3></div>
{{#each notes}}<p>{{this}}</p>{{/each}}
{{#if missing.length}}<h4>Missing</h4>
<ul>{{#each missing}}<li><b>{{what}}</b><ul>{{#each names}}<li class="name">{{this}}</li>{{/each}}{{#if more}}<li>{{more}}</li>{{/if}}</ul></li>{{/each}}</ul>{{/if}}
{{#if rows.length}}<h4>Validity</h4>
<p><span class="key" style="background:#16232e"></span>sensing times<span class="key" style="background:#4a90b8"></span>files, above and below in turn<span class="key" style="background:#b36b00"></span>sensing beyond the validity, as some rules allow<span class="key" style="background:#b3202a"></span>missing</p>
<table><thead><tr><th scope="col">ADF type</th><th scope="col">Files</th><th scope="col">Valid (UTC)</th><th scope="col">{{#if axis}}{{axis.from}} to {{axis.to}}{{/if}}</th><th scope="col"></th></tr></thead><tbody>
{{#if axis}}<tr><td>Level-0 products</td><td></td><td></td><td class="picture"><svg viewBox="0 0 ${WIDTH} 15" preserveAspectRatio="none" aria-hidden="true"><path class="sensing" d="{{axis.sensing}}"/></svg></td><td></td></tr>{{/if}}
{{#each rows}}<tr><td class="name">{{type}}</td><td>{{files}}</td><td>{{valid}}</td><td class="picture"><svg viewBox="0 0 ${WIDTH} 15" preserveAspectRatio="none" aria-hidden="true"><path class="file" d="{{upper}}{{lower}}"/><path class="uncovered" d="{{uncovered}}"/><path class="lacking" d="{{lacking}}"/></svg></td><td class="says{{#unless lacking}} soft{{/unless}}">{{says}}</td></tr>
{{/each}}</tbody></table>{{/if}}
<p>From this answer alone: a type is missing where other products of the same kind have it. What none has, <code>auxflow check</code> and the report of <code>auxflow fetch</code> tell.</p>
{{#if files.length}}<details><summary>Distinct files, and how many Level-0 products need each</summary>
<table>{{#each files}}<tr><td>{{neededBy}}</td><td class="name">{{name}}</td></tr>
{{/each}}</table>{{#if moreFiles}}<p>{{moreFiles}}</p>{{/if}}</details>{{/if}}`;

/** What the answer says of validity and gaps, in the app's Visualize tab. */
export function showBaseline(entries: BaselineAnswer['value']): void {
  pm.visualizer.set(TEMPLATE, pictureOf(entries));
}
