import { append, h, type Child } from './dom.js';

export interface Column<Row> {
  title: string;
  numeric?: boolean;
  /** Is not to be broken into lines. */
  whole?: boolean;
  cell: (row: Row) => Child;
}

/**
 * A table that a phone shows as a list of cards, where each value is named. The roles say what it is even then: a
 * browser forgets it with the layout.
 */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): HTMLTableElement {
  const heads = columns.map((column) =>
    h('th', { scope: 'col', role: 'columnheader', class: column.numeric ? 'numeric' : null }, column.title),
  );
  const body = h('tbody', { role: 'rowgroup' });
  append(
    body,
    rows.map((row) => tableRow(columns, row)),
  );
  return h(
    'table',
    { role: 'table' },
    h('caption', { class: 'hidden' }, caption),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads)),
    body,
  );
}

export function tableRow<Row>(columns: readonly Column<Row>[], row: Row): HTMLElement {
  const cells = columns.map((column) =>
    h(
      'td',
      { role: 'cell', class: column.numeric ? 'numeric' : column.whole ? 'whole' : null, 'data-label': column.title },
      h('div', { class: 'cell' }, column.cell(row)),
    ),
  );
  return h('tr', { role: 'row' }, cells);
}
