import type { Page } from './api/answers.js';
import { append, fill, h } from './dom.js';
import { number } from './figures/format.js';
import { problem } from './problem.js';
import { type Column, table, tableRow } from './table.js';

interface Paged<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  first: Page<Row>;
  read: (cursor: string) => Promise<Page<Row>>;
  /** How many rows there are, if that is known. */
  all?: number;
}

/** A table of the first page, and a button for the next as long as there is one. */
export function pagedTable<Row>({ caption, columns, first, read, all }: Paged<Row>): HTMLElement {
  const rows = table(caption, columns, first.items);
  const body = rows.tBodies[0] as HTMLElement;
  const foot = h('div', { class: 'more' });
  let shown = first.items.length;
  const more = async (cursor: string): Promise<void> => {
    fill(foot, h('p', { role: 'status' }, 'Loading…'));
    try {
      const page = await read(cursor);
      const added = page.items.map((row) => tableRow(columns, row));
      append(body, added);
      shown += added.length;
      show(page.next);
      focusOn(added[0]);
    } catch (cause) {
      fill(
        foot,
        problem(cause, () => void more(cursor)),
      );
    }
  };
  const show = (next: string | null): void => {
    const of = all === undefined ? '' : ` of ${number(all)}`;
    const text = h('p', {}, `${number(shown)}${of} shown`);
    fill(foot, text, next !== null && h('button', { type: 'button', onclick: () => void more(next) }, 'Show more'));
  };
  show(first.next);
  return h('div', {}, h('div', { class: 'scroll' }, rows), foot);
}

/** Whoever asked for more goes on where the new rows begin. */
function focusOn(row: HTMLElement | undefined): void {
  row?.setAttribute('tabindex', '-1');
  row?.focus({ preventScroll: true });
}
