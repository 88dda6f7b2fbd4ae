import { reasonText } from '../../../metrics/catalogue/reasons.js';
import type { Explanation } from '../api/answers.js';
import { get } from '../api/api.js';
import type { Explained } from '../choice/choice.js';
import { type Context, doraSelection } from '../context.js';
import { fill, h } from '../dom.js';
import { dateTime, number } from '../figures/format.js';
import { METRICS } from '../figures/metrics.js';
import { pagedTable } from '../paged-table.js';
import { problem } from '../problem.js';
import { explainColumns } from './columns.js';

const ROWS = 50;

/** Opens the rows behind a number: those it was made of, and those left out, each with the reason. */
export function openExplanation(context: Context, explained: Explained): HTMLDialogElement {
  const body = h('div', { class: 'explanation' }, h('p', { role: 'status' }, 'Looking up the rows…'));
  const { title, about } = METRICS[explained.metric];
  const dialog = h(
    'dialog',
    { class: 'panel', 'aria-labelledby': 'explain-title' },
    h(
      'header',
      {},
      h('div', {}, h('h2', { id: 'explain-title' }, title), h('p', { class: 'about' }, about)),
      h('button', { type: 'button', class: 'quiet icon', 'aria-label': 'Close', onclick: () => dialog.close() }, '✕'),
    ),
    body,
  );
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  void explain(context, explained, body);
  return dialog;
}

async function explain(context: Context, explained: Explained, body: HTMLElement): Promise<void> {
  const read = (cursor: string | null): Promise<Explanation> =>
    get<Explanation>('dora/explain', { ...selectionOf(context, explained), limit: ROWS, cursor }, context.signal);
  try {
    const first = await read(null);
    const { time_zone } = first;
    const all = totalOf(first);
    fill(
      body,
      h(
        'p',
        { class: 'about' },
        `${scopeOf(first)} · ${dateTime(first.from, time_zone)} to `,
        dateTime(first.to, time_zone),
      ),
      sums(first, all),
      pagedTable({ caption: 'The rows', columns: explainColumns(explained.metric, time_zone), first, read, all }),
    );
  } catch (cause) {
    if (!context.signal.aborted)
      fill(
        body,
        problem(cause, () => void explain(context, explained, body)),
      );
  }
}

function selectionOf(context: Context, { metric, pipeline, from, to }: Explained) {
  const selection = doraSelection(context);
  return {
    ...selection,
    metric,
    pipeline: pipeline === null ? selection.pipeline : [pipeline],
    from: from ?? selection.from,
    to: to ?? selection.to,
  };
}

function scopeOf({ pipelines, environments }: Explanation): string {
  const where = environments.length > 0 ? environments.join(', ') : 'no environment';
  return `${pipelines === null ? 'All pipelines' : pipelines.join(', ')} in ${where}`;
}

function totalOf({ used, left_out }: Explanation): number {
  return Object.values(left_out).reduce((sum, rows) => sum + rows, used);
}

/** In the number, plus left out for each reason, is all that was looked at. */
function sums({ used, left_out }: Explanation, all: number): HTMLElement {
  const reasons = Object.entries(left_out).toSorted(([, one], [, other]) => other - one);
  return h(
    'ul',
    { class: 'sums' },
    h('li', { class: 'used' }, h('b', {}, number(used)), ' in the number'),
    reasons.map(([reason, rows]) =>
      h('li', { 'data-reason': reason }, h('b', {}, `+ ${number(rows)}`), ` left out: ${reasonText(reason)}`),
    ),
    h('li', { class: 'all' }, h('b', {}, `= ${number(all)}`), all === 1 ? ' row looked at' : ' rows looked at'),
  );
}
