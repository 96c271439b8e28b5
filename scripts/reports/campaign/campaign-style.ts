/** Of campaign.html. The colours of the states are told apart by colour-blind readers as well (after Okabe and Ito). */
export const CAMPAIGN_STYLE = `
:root {
  --state-not-applicable: #eef1f4; --state-present: #a5cbd9; --state-allowed: #d8d3a0; --state-unknown: #8a949c;
  --state-unexpected: #cc79a7; --state-duplicate: #8f5fb0; --state-wrong: #e69f00; --state-missing: #c4400a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --state-not-applicable: #1f2a33; --state-present: #28526a; --state-allowed: #6b6730; --state-unknown: #75828d;
    --state-unexpected: #d98bb6; --state-duplicate: #a98bd0; --state-wrong: #f0b429; --state-missing: #ff6b35;
  }
}
#heat-map, #timeline-map { width: 100%; overflow: hidden; } #heat-map canvas, #timeline-map canvas { width: 100%; display: block; }
#heat-map:focus-visible { outline: 2px solid var(--accent); outline-offset: 4px; } #heat-map canvas { cursor: crosshair; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0; margin: 0 0 10px; font-size: 13px; }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin-right: 6px; vertical-align: -1px; border: 1px solid var(--line); }
.tools, #files-pager { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 8px 0; }
.tools button, #files-pager button { font: inherit; font-size: 13px; padding: 3px 10px; border: 1px solid var(--soft); border-radius: 5px; background: var(--card); color: var(--text); cursor: pointer; }
.tools select, .search input { font: inherit; font-size: 13px; padding: 4px 8px; border: 1px solid var(--soft); border-radius: 5px; background: var(--card); color: inherit; }
.search input { width: 100%; max-width: 420px; }
dl.cell { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 3px 16px; margin: 12px 0 0; font-size: 14px; }
dl.cell dt { color: var(--soft); } dl.cell dd { margin: 0; overflow-wrap: anywhere; }
#files-table { table-layout: fixed; min-width: 1080px; } #files-table td { overflow-wrap: anywhere; } #files-table td.name { font-size: 11px; } .scroll td.name { white-space: nowrap; }
#files-table th:nth-child(1) { width: 24%; } #files-table th:nth-child(2) { width: 14.5%; } #files-table th:nth-child(3) { width: 11.5%; } #files-table th:nth-child(4), #files-table th:nth-child(5) { width: 7.5%; }
#files-table th:nth-child(6) { width: 19%; } #files-table th:nth-child(7) { width: 9%; } #files-table th:nth-child(8) { width: 7%; white-space: normal; }
#files-table th button { all: unset; cursor: pointer; } #files-table th button:focus-visible { outline: 2px solid var(--accent); }
.scroll { overflow-x: auto; }
@media print {
  :root {
    --state-not-applicable: #eef1f4; --state-present: #a5cbd9; --state-allowed: #d8d3a0; --state-unknown: #8a949c;
    --state-unexpected: #cc79a7; --state-duplicate: #8f5fb0; --state-wrong: #e69f00; --state-missing: #c4400a;
  }
  .tools, .search, #files-pager button { display: none; } section:has(canvas), [aria-labelledby='provenance'] { break-inside: avoid; }
  #heat-map canvas { max-height: 205mm; } .tools.shown { display: block; break-after: avoid; } .shown select { appearance: none; border: 0; padding: 0; font-weight: 600; background: none; }
  .scroll { overflow: visible; } .scroll table, .scroll table .name, .scroll th { font-size: 7pt; } .scroll th { white-space: normal; } .scroll th, .scroll td { padding: 2px 4px; }
  #files-table { min-width: 0; } #files-table tr > *, #files-table td.name { font-size: 6pt; white-space: normal; padding: 2px 3px; }
  #files-table th:nth-child(1) { width: 36.5%; } #files-table th:nth-child(2) { width: 17%; } #files-table th:nth-child(3) { width: 11%; } #files-table th:nth-child(4), #files-table th:nth-child(5) { width: 5.5%; }
  #files-table th:nth-child(6) { width: 12.5%; } #files-table th:nth-child(7) { width: 6%; } #files-table th:nth-child(8) { width: 6%; }
}
`;
