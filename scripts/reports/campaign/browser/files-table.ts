/** The files, a page of rows at a time, searched and sorted as a whole. */
import { FILE_COLUMNS, type ListedFile } from '../file-columns';

const ROWS = 100;

export class FilesTable {
  readonly #files: readonly ListedFile[];
  readonly #table: HTMLTableElement;
  readonly #status: HTMLElement;
  #found: ListedFile[];
  #page = 0;

  constructor(files: readonly ListedFile[], { table, search, status, pager }: FilesTableParts) {
    this.#files = files;
    this.#table = table;
    this.#status = status;
    this.#found = [...files];
    search.addEventListener('input', () => this.#search(search.value));
    for (const [place, head] of [...(table.tHead?.rows[0]?.cells ?? [])].entries()) this.#sortable(head, place);
    for (const [words, step] of [
      ['Previous', -1],
      ['Next', 1],
    ] as const)
      pager.append(button(words, () => this.#turn(step)));
    this.#draw();
  }

  #search(text: string): void {
    const wanted = text.trim().toLowerCase();
    this.#found = this.#files.filter((file) =>
      FILE_COLUMNS.some(({ words }) => words(file).toLowerCase().includes(wanted)),
    );
    this.#page = 0;
    this.#draw();
  }

  #sortable(head: HTMLTableCellElement, place: number): void {
    const column = FILE_COLUMNS[place];
    if (!column) return;
    const text = head.textContent;
    head.replaceChildren(
      button(text, () => {
        const sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
        for (const cell of head.parentElement?.children ?? []) cell.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
        this.#found.sort((a, b) => sign * compare(column.key(a), column.key(b)));
        this.#page = 0;
        this.#draw();
      }),
    );
  }

  #turn(step: number): void {
    this.#page = Math.min(Math.max(this.#page + step, 0), Math.max(Math.ceil(this.#found.length / ROWS) - 1, 0));
    this.#draw();
  }

  #draw(): void {
    const from = this.#page * ROWS;
    const rows = this.#found.slice(from, from + ROWS);
    this.#table.tBodies[0]?.replaceChildren(...rows.map(rowOf));
    const last = from + rows.length;
    this.#status.textContent =
      rows.length === 0
        ? `None of ${this.#files.length} files matches.`
        : `${from + 1} to ${last} of ${this.#found.length} files.`;
  }
}

export interface FilesTableParts {
  readonly table: HTMLTableElement;
  readonly search: HTMLInputElement;
  readonly status: HTMLElement;
  readonly pager: HTMLElement;
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en');
}

/** Texts only: nothing of a name is ever read as markup. */
function rowOf(file: ListedFile): HTMLTableRowElement {
  const row = document.createElement('tr');
  for (const [place, { kind, words }] of FILE_COLUMNS.entries()) {
    const cell = document.createElement(place === 0 ? 'th' : 'td');
    if (place === 0) cell.setAttribute('scope', 'row');
    if (kind) cell.className = kind;
    cell.textContent = words(file);
    row.append(cell);
  }
  return row;
}

export function button(text: string, action: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
  made.addEventListener('click', action);
  return made;
}
