/** The program of campaign.html: unfolds the picture that lies in the page, and draws it. */
import { button, FilesTable } from './files-table';
import { cellAt, gridOf, type Grid } from './grid';
import { HeatMap, type Place } from './heat-map';
import { Timeline } from './timeline';
import { unpack } from './unpack';
import { explain } from './words';

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

async function start(): Promise<void> {
  const picture = await unpack(element('picture', HTMLScriptElement).textContent);
  const grid = gridOf(picture);
  const types = element('timeline-type', HTMLSelectElement);
  const timeline = new Timeline(picture, element('timeline-map', HTMLElement));
  types.addEventListener('change', () => timeline.show(Number(types.value)));
  const heatMap = new HeatMap(grid, element('heat-map', HTMLElement), (place) => {
    showCell(grid, place);
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
  new FilesTable(picture.files, {
    table: element('files-table', HTMLTableElement),
    search: element('files-search', HTMLInputElement),
    status: element('files-status', HTMLElement),
    pager: element('files-pager', HTMLElement),
  });
  document.documentElement.dataset['ready'] = 'yes';
}

function showCell(grid: Grid, { row, column }: Place): void {
  const { picture } = grid;
  const [cell, type, level0] = [cellAt(grid, row, column), picture.types[row], picture.level0[column]];
  if (!cell || !type || !level0) return;
  const list = document.createElement('dl');
  list.className = 'cell';
  for (const [term, text] of explain(cell, type, level0, picture.files)) {
    list.append(
      Object.assign(document.createElement('dt'), { textContent: term }),
      Object.assign(document.createElement('dd'), { textContent: text }),
    );
  }
  element('cell', HTMLElement).replaceChildren(list);
}

void start();
