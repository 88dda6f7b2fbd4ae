import type { Incident, Page } from '../api/answers.js';
import type { Context } from '../context.js';
import { h, link, type Child } from '../dom.js';
import { dateTime, duration, shortId } from '../figures/format.js';
import { listFacts } from '../lists.js';
import { pagedTable } from '../paged-table.js';
import type { Column } from '../table.js';

const FOUND: Readonly<Record<string, string>> = {
  explicit: 'named by its own events',
  window: 'the last deployment shortly before',
};

/** All that were open in the range, a page at a time. */
export async function incidents(context: Context): Promise<HTMLElement[]> {
  const read = (cursor?: string): Promise<Page<Incident>> => listFacts('incidents', context, 50, cursor);
  const first = await read();
  const title = h('h2', {}, 'Incidents');
  if (first.items.length === 0) return [title, h('p', { class: 'nothing' }, 'No incidents were open in this range.')];
  const rows = pagedTable({ caption: 'Incidents', columns: columnsOf(context), first, read });
  return [title, h('div', { class: 'sheet' }, rows)];
}

function columnsOf({ choice: { time_zone } }: Context): Column<Incident>[] {
  return [
    { title: 'Opened', whole: true, cell: ({ opened_at }) => dateTime(opened_at, time_zone) },
    { title: 'Incident', cell: ({ incident_id, url }) => link(url, shortId(incident_id)) },
    { title: 'Pipeline', cell: ({ pipeline_id }) => h('b', {}, pipeline_id) },
    { title: 'Environment', cell: ({ environment }) => environment },
    { title: 'State', cell: ({ state }) => h('span', { class: `state ${state === 'open' ? 'bad' : 'good'}` }, state) },
    { title: 'Restored after', numeric: true, cell: ({ duration_seconds }) => restored(duration_seconds) },
    { title: 'Cause', cell: causeOf },
  ];
}

function restored(seconds: number | null): Child {
  return seconds === null ? h('span', { class: 'kind' }, 'not yet') : duration(seconds);
}

function causeOf({ cause_method, cause_deployment_id, cause_environment, environment }: Incident): Child {
  if (cause_deployment_id === null) return h('span', { class: 'kind' }, 'no deployment found');
  const elsewhere = cause_environment === environment ? '' : ` in ${cause_environment}`;
  const how = FOUND[cause_method] ?? cause_method;
  return [`deployment ${shortId(cause_deployment_id)}${elsewhere}`, h('span', { class: 'kind' }, ` ${how}`)];
}
