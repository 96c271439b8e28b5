/**
 * The only script of a page, where it earns its keep: a filter and sortable columns for tables marked `data-list`. It puts its
 * own controls in, so that without scripts nothing is there that does nothing.
 */
export const PAGE_SCRIPT = `
for (const table of document.querySelectorAll('table[data-list]')) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const value = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
  const filter = document.createElement('label');
  filter.className = 'filter';
  const input = Object.assign(document.createElement('input'), { type: 'search', placeholder: 'Show only rows with …' });
  input.setAttribute('aria-label', 'Filter: ' + table.dataset.list);
  input.addEventListener('input', () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  filter.append(input);
  table.before(filter);
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: head.textContent });
    button.addEventListener('click', () => {
      const descending = head.getAttribute('aria-sort') === 'ascending';
      for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const order = (a, b) => value(a, column).localeCompare(value(b, column), 'en', { numeric: true });
      body.append(...rows.sort((a, b) => (descending ? order(b, a) : order(a, b))));
    });
    head.replaceChildren(button);
  });
}
`;
