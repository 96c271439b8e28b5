/** The files, a page of rows at a time, searched and sorted as a whole. */
import type { MatrixFile } from '../../../matrix/matrix';
import type { FileFacts } from '../campaign-picture';
import { bytesWords, spanWords, timeWords } from './words';

const ROWS = 100;

export type ListedFile = MatrixFile & FileFacts;

interface Column {
  readonly words: (file: ListedFile) => string;
  readonly key: (file: ListedFile) => string | number;
}

/** In the order of the table's headings. */
const COLUMNS: readonly Column[] = [
  { words: ({ name }) => name, key: ({ name }) => name },
  { words: spanWords, key: ({ start = 0 }) => start },
  { words: ({ creation }) => timeWords(creation), key: ({ creation = 0 }) => creation },
  { words: ({ bytes }) => bytesWords(bytes), key: ({ bytes = -1 }) => bytes },
  { words: ({ md5 = '' }) => md5, key: ({ md5 = '' }) => md5 },
  {
    words: ({ status = 'not named', error }) => `${status.replace('-', ' ')}${error ? `: ${error}` : ''}`,
    key: ({ status = '~' }) => status,
  },
  { words: ({ neededBy }) => String(neededBy), key: ({ neededBy }) => neededBy },
];

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
    this.#found = this.#files.filter((file) => COLUMNS.some(({ words }) => words(file).toLowerCase().includes(wanted)));
    this.#page = 0;
    this.#draw();
  }

  #sortable(head: HTMLTableCellElement, place: number): void {
    const column = COLUMNS[place];
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
  for (const [place, { words }] of COLUMNS.entries()) {
    const cell = document.createElement(place === 0 ? 'th' : 'td');
    if (place === 0) cell.setAttribute('scope', 'row');
    if (place === 0 || place === 4) cell.className = 'name';
    if (place === 3 || place === 6) cell.className = 'number';
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
