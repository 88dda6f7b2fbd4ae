import { reasonText } from '../../../metrics/catalogue/reasons.js';
import type { CarriedChange, Deployment, Page } from '../api/answers.js';
import type { Context } from '../context.js';
import { fill, h, link, type Child } from '../dom.js';
import { counted, dateTime, duration, shortId } from '../figures/format.js';
import { listFacts } from '../lists.js';
import { pagedTable } from '../paged-table.js';
import { problem } from '../problem.js';
import type { Column } from '../table.js';
import { table } from '../table.js';

const STATUS: Readonly<Record<string, [string, string]>> = {
  success: ['good', 'success'],
  failure: ['bad', 'failure'],
  canceled: ['', 'canceled'],
  in_progress: ['busy', 'in progress'],
};

/** All of them, a page at a time. */
export async function deployments(context: Context): Promise<HTMLElement[]> {
  const read = (cursor?: string): Promise<Page<Deployment>> =>
    listFacts<Deployment>('deployments', context, 50, cursor);
  const first = await read();
  return [h('h2', {}, 'Deployments'), listed(context, first, read)];
}

/** The last few, for the overview. */
export function latestDeployments(context: Context): HTMLElement {
  const place = h('div', { 'aria-busy': 'true' }, h('p', { class: 'about' }, 'Loading…'));
  void showLatest(context, place);
  return h('section', { class: 'sheet' }, h('h2', {}, 'Latest deployments'), place);
}

async function showLatest(context: Context, place: HTMLElement): Promise<void> {
  try {
    const { items } = await listFacts<Deployment>('deployments', context, 8);
    const all = h(
      'button',
      { type: 'button', class: 'quiet', onclick: () => context.go({ view: 'deployments' }) },
      'All deployments',
    );
    fill(place, items.length > 0 ? [tableOf(context, items), all] : nothing());
  } catch (cause) {
    if (!context.signal.aborted)
      fill(
        place,
        problem(cause, () => void showLatest(context, place)),
      );
  }
  place.removeAttribute('aria-busy');
}

function listed(context: Context, first: Page<Deployment>, read: (cursor: string) => Promise<Page<Deployment>>) {
  if (first.items.length === 0) return nothing();
  return h('div', { class: 'sheet' }, pagedTable({ caption: 'Deployments', columns: columnsOf(context), first, read }));
}

function tableOf(context: Context, items: Deployment[]): HTMLElement {
  return h('div', { class: 'scroll' }, table('Latest deployments', columnsOf(context), items));
}

function nothing(): HTMLElement {
  return h('p', { class: 'nothing' }, 'No deployments in this range and environment.');
}

function columnsOf({ choice: { time_zone } }: Context): Column<Deployment>[] {
  return [
    {
      title: 'When',
      whole: true,
      cell: ({ finished_at, started_at }) => dateTime(finished_at ?? started_at, time_zone),
    },
    { title: 'Pipeline', cell: ({ pipeline_id }) => h('b', {}, pipeline_id) },
    { title: 'Environment', cell: ({ environment }) => environment },
    { title: 'Status', cell: statusOf },
    { title: 'Commit', cell: ({ commit_id, url }) => h('code', {}, link(url, shortId(commit_id))) },
    { title: 'Carried', cell: carriedBy },
    { title: 'Recovered after', cell: ({ recovery_seconds }) => recovery_seconds && duration(recovery_seconds) },
  ];
}

function statusOf({ status, failed_by, rollback, rework, baseline, incidents }: Deployment): Child {
  const [tone, word] = STATUS[status] ?? ['', status];
  const because = failed_by.filter((reason) => reason !== 'status');
  const kind = rollback ? 'rollback' : rework ? 'hotfix' : baseline ? 'first one' : null;
  return [
    h('span', { class: `state ${tone}` }, word),
    because.length > 0 && h('span', { class: 'state bad' }, `failed by ${because.join(' and ')}`),
    kind !== null && h('span', { class: 'state' }, kind),
    incidents.length > 0 && h('span', { class: 'kind' }, ` ${incidents.join(', ')}`),
  ];
}

function carriedBy({ carried_count, carried }: Deployment): Child {
  if (carried_count === 0) return h('span', { class: 'kind' }, 'nothing new');
  const rest = carried_count - carried.length;
  return h(
    'details',
    { class: 'carried' },
    h('summary', {}, counted(carried_count, 'change')),
    h('ul', {}, carried.map(changeOf), rest > 0 && h('li', {}, `and ${rest} more`)),
  );
}

function changeOf({ commit_id, left_out, bot, no_review, ...change }: CarriedChange): HTMLElement {
  const parts = no_review
    ? 'not reviewed'
    : `review ${duration(change.review_seconds)}, deployment ${duration(change.deployment_seconds)}`;
  const told = left_out === null ? `${duration(change.total_seconds)} (${parts})` : reasonText(left_out);
  return h('li', {}, h('code', {}, shortId(commit_id)), ` ${told}`, bot && h('span', { class: 'kind' }, ' by a bot'));
}
