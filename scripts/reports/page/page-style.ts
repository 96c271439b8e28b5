/** Style of the pages: system fonts, light and dark by the reader's setting, 400 to 1200 pixels, paper. Nothing is loaded. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f3f5f7; --card: #fff; --text: #16232e; --soft: #546370; --line: #d7dde3; --head: #0b3247; --on-head: #fff;
  --accent: #00688f; --good: #1a7443; --wait: #8a5a00; --bad: #b3202a;
  --good-tint: #e4f3ea; --wait-tint: #fbf0d9; --bad-tint: #fbe6e6; --transfer: #5b8c3e; --has: #a5cbd9; --lacks: #c92f3b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f161c; --card: #18222b; --text: #e5ebf0; --soft: #a3b2bf; --line: #2e3c48; --head: #0b2533; --on-head: #eaf3f8;
    --accent: #62bde6; --good: #5fcf93; --wait: #e6b052; --bad: #ff8b85;
    --good-tint: #14301f; --wait-tint: #33270f; --bad-tint: #3b1a1c; --transfer: #7fb35f; --has: #28526a; --lacks: #ff7a80;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.wide { max-width: 1200px; margin: 0 auto; padding: 0 24px; }
header { background: var(--head); color: var(--on-head); padding: 22px 0 20px; }
header p { margin: 0; opacity: .85; }
h1 { font-size: 26px; line-height: 1.25; margin: 2px 0 4px; font-weight: 600; }
h2 { font-size: 19px; margin: 0 0 4px; font-weight: 600; }
h3 { font-size: 15px; margin: 18px 0 6px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 18px 20px; margin: 16px 0; }
.lead { color: var(--soft); margin: 0 0 12px; }
a { color: var(--accent); }
.verdict { display: flex; gap: 14px; align-items: flex-start; border-left: 6px solid; }
.verdict strong { font-size: 20px; line-height: 1.35; display: block; }
.verdict .sign { font-size: 26px; line-height: 1.05; font-weight: 700; }
.verdict p { margin: 2px 0 0; }
.made-up { background: var(--wait-tint); border: 1px dashed var(--wait); border-radius: 8px; padding: 8px 20px; margin: 16px 0 0; }
.good { color: var(--good); } .wait { color: var(--wait); } .bad { color: var(--bad); }
.verdict.good { background: var(--good-tint); border-color: var(--good); }
.verdict.wait { background: var(--wait-tint); border-color: var(--wait); }
.verdict.bad { background: var(--bad-tint); border-color: var(--bad); }
.verdict p, .verdict strong { color: var(--text); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 10px 24px; margin: 0; }
.facts dt, .numbers dt { color: var(--soft); font-size: 13px; }
.facts dd { margin: 0; overflow-wrap: anywhere; }
dl.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 18px 12px; margin: 0; }
.numbers dd { margin: 0; } .numbers dd b { font-size: 25px; font-weight: 600; line-height: 1.25; display: block; }
.numbers dd { font-size: 13px; } .numbers .bad { font-weight: 600; } .numbers b { color: var(--text); }
.numbers div { display: flex; flex-direction: column; }
ul.findings { list-style: none; margin: 8px 0 0; padding: 0; }
.findings li { border-left: 4px solid var(--soft); padding: 2px 0 2px 14px; margin: 14px 0; overflow-wrap: anywhere; }
.findings li.error { border-color: var(--bad); } .findings li.warning { border-color: var(--wait); }
.findings li:last-child { margin-bottom: 0; } .findings p { margin: 2px 0; } .findings .next::before { content: "What to do: "; font-weight: 600; }
.tag { display: inline-block; font-size: 12px; font-weight: 600; border: 1px solid; border-radius: 4px; padding: 0 6px; line-height: 1.5; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; color: var(--soft); font-weight: 600; font-size: 13px; border-bottom: 2px solid var(--line); padding: 5px 8px; vertical-align: bottom; white-space: nowrap; }
td, tbody th { border-bottom: 1px solid var(--line); padding: 5px 8px; vertical-align: top; }
tbody th { color: inherit; font-size: inherit; font-weight: 400; vertical-align: top; white-space: normal; }
tbody tr:last-child > * { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, .name { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 12.5px; }
.name { overflow-wrap: anywhere; } .md5 { white-space: nowrap; color: var(--soft); font-size: 11.5px; }
.soft { color: var(--soft); }
.folder th { background: var(--page); font-weight: 600; }
.failed-check { display: block; color: var(--bad); overflow-wrap: anywhere; white-space: pre-wrap; font: 13px/1.45 system-ui, sans-serif; }
.address { display: block; word-break: break-all; }
.case { overflow-wrap: anywhere; min-width: 12em; }
th button { all: unset; cursor: pointer; } th button:focus-visible { outline: 2px solid var(--accent); }
th[aria-sort] button::after { content: " ↑"; } th[aria-sort=descending] button::after { content: " ↓"; }
.filter { display: block; margin: 0 0 8px; } .filter input { font: inherit; width: 100%; max-width: 420px; padding: 5px 9px; border: 1px solid var(--soft); border-radius: 5px; background: var(--card); color: inherit; }
svg { display: block; overflow: visible; }
svg text { fill: var(--soft); font-size: 12px; } svg .heading { fill: var(--text); font-weight: 600; }
.tick { stroke: var(--line); } .bar { rx: 2px; stroke: var(--card); stroke-width: .6; }
.bar.request { fill: var(--accent); } .bar.transfer { fill: var(--transfer); } .bar.failed { fill: url(#hatch); }
.bar.verification { fill: var(--has); } .bar.pause { fill: var(--wait); } .failed { fill: var(--bad); } .hatch { stroke: var(--card); stroke-width: 3; }
.strip { width: 100%; height: 14px; } .strip .has { fill: var(--has); } .strip .lacks { fill: var(--lacks); stroke: var(--lacks); stroke-width: 2px; vector-effect: non-scaling-stroke; }
.trend { width: 100%; height: 90px; margin: 4px 0 10px; } .trend .has { fill: var(--has); } .trend .lacks { fill: var(--lacks); } .trend polyline { fill: none; stroke: var(--text); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.scroll { overflow-x: auto; }
.track { width: 100%; height: 10px; min-width: 120px; margin-top: 6px; }
td.picture { width: 34%; } .coverage td.picture { width: 66%; vertical-align: middle; } .coverage td, .coverage tbody th { padding-top: 2px; padding-bottom: 2px; border: 0; } .type { overflow-wrap: break-word; }
.key { display: inline-block; width: 11px; height: 11px; border-radius: 2px; margin: 0 5px 0 0; vertical-align: -1px; }
.key.has { background: var(--has); } .key.lacks { background: var(--lacks); margin-left: 12px; }
details { margin: 10px 0 0; } summary { cursor: pointer; color: var(--accent); }
details ul { columns: 2 420px; margin: 8px 0; padding-left: 20px; } li.name { margin: 1px 0; }
.links { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 24px; padding: 12px 0 0; margin: 14px 0 0; border-top: 1px solid var(--line); }
.nowrap { white-space: nowrap; }
footer { color: var(--soft); font-size: 13px; padding: 4px 0 32px; }
@media (max-width: 920px) {
  table.stacked thead { position: absolute; clip-path: inset(50%); }
  table.stacked tr { display: flex; flex-wrap: wrap; gap: 1px 14px; border-bottom: 1px solid var(--line); padding: 7px 0; }
  table.stacked tr:last-child { border-bottom: 0; }
  table.stacked td, table.stacked tbody th { display: block; border: 0; padding: 0; text-align: left; }
  table.stacked tbody th, table.stacked .picture { flex-basis: 100%; width: auto; }
  table.stacked td:empty { display: none; }
  table.stacked .folder { background: var(--page); padding-left: 6px; }
}
@media (max-width: 700px) {
  .wide { padding: 0 12px; } section { padding: 14px 12px; } h1 { font-size: 21px; }
  .coverage thead th { white-space: normal; } .coverage td.picture { width: 46%; } .coverage th, .coverage td { padding-left: 0; }
}
@page { size: A4; margin: 14mm 12mm; }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb; --head: #fff; --on-head: #000; --accent: #00688f; --good: #1a7443; --wait: #8a5a00; --bad: #b3202a; --good-tint: #fff; --wait-tint: #fff; --bad-tint: #fff; --has: #a5cbd9; --lacks: #c92f3b; --transfer: #5b8c3e; }
  * { print-color-adjust: exact; } body { font-size: 10.5pt; } .name { font-size: 8.5pt; } .wide { max-width: none; padding: 0; } section { border: 0; padding: 0; margin: 14pt 0; }
  .verdict { border-left: 6px solid; padding-left: 12px; } .filter { display: none; } tr, .findings li { break-inside: avoid; } h2, h3, .lead { break-after: avoid; } p, ul.legend, svg { break-inside: avoid; } .on-screen { display: none; }
  thead button { display: contents !important; }
}
`;
