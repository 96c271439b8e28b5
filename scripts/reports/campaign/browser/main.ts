/** The program of campaign.html: unfolds the picture that lies in the page, and draws it. */
import { listedFiles } from '../file-columns';
import { button, FilesTable } from './files-table';
import { cellAt } from '../../../matrix/explain-cell';
import type { CompletenessMatrix } from '../../../matrix/matrix';
import { gridOf } from './grid';
import { HeatMap, type Place } from './heat-map';
import { Timeline } from './timeline';
import { inflate } from './inflate';
import { explain } from '../words';

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

async function start(): Promise<void> {
  const picture = await inflate(element('picture', HTMLScriptElement).textContent);
  if (document.getElementById('heat-map')) drawMatrix(picture.matrix);
  if (document.getElementById('files-table'))
    new FilesTable(listedFiles(picture), {
      table: element('files-table', HTMLTableElement),
      search: element('files-search', HTMLInputElement),
      status: element('files-status', HTMLElement),
      pager: element('files-pager', HTMLElement),
    });
  document.documentElement.dataset['ready'] = 'yes';
}

/** Not there where nothing was judged. */
function drawMatrix(matrix: CompletenessMatrix): void {
  const grid = gridOf(matrix);
  const types = element('timeline-type', HTMLSelectElement);
  const timeline = new Timeline(matrix, element('timeline-map', HTMLElement));
  types.addEventListener('change', () => timeline.show(Number(types.value)));
  const heatMap = new HeatMap(grid, element('heat-map', HTMLElement), (place) => {
    showCell(matrix, place);
    types.value = String(place.row);
    timeline.show(place.row);
  });
  element('heat-map-tools', HTMLElement).append(
    button('Next problem (n)', () => heatMap.goToProblem()),
    button('Zoom in (+)', () => heatMap.zoom(0.5)),
    button('Zoom out (−)', () => heatMap.zoom(2)),
  );
  heatMap.draw();
  timeline.show(0);
}

function showCell(matrix: CompletenessMatrix, { row, column }: Place): void {
  const [cell, type, level0] = [cellAt(matrix, row, column), matrix.types[row], matrix.level0[column]];
  if (!cell || !type || !level0) return;
  const list = document.createElement('dl');
  list.className = 'cell';
  for (const [term, text] of explain(cell, type, level0)) {
    list.append(
      Object.assign(document.createElement('dt'), { textContent: term }),
      Object.assign(document.createElement('dd'), { textContent: text }),
    );
  }
  element('cell', HTMLElement).replaceChildren(list);
}

void start();
