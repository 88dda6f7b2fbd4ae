import type { TestApp } from './app.js';
import { dump } from './dump.js';
import type { Dump } from './dump.js';
import type { ModelEvent } from './model/event.js';
import { sendBatch } from './sending.js';

type Told = Omit<ModelEvent, 'id' | 'pipeline_id'>;

let stories = 0;

/** Tells a story in every order there is, one event at a time; the rows that come of it are the same each time. */
export async function inEveryOrder(app: TestApp, ...events: Told[]): Promise<Dump> {
  const story = `${++stories}:`;
  const orders = permutations(events.map((event, index) => ({ id: `e${index + 1}`, ...event })));
  for (const position of events.keys())
    await sendBatch(
      app,
      orders.map((order, number) => ({ pipeline_id: `${story}${number}:shop`, ...order[position]! })),
    );
  const rows = await dump(app.dataSource, `${story}0:`);
  for (const number of orders.keys()) expect(await dump(app.dataSource, `${story}${number}:`)).toEqual(rows);
  return Object.fromEntries(Object.entries(rows).map(([table, own]) => [table, byName(own)]));
}

/** Deployments by their id, everything else by its commit. */
function byName(rows: Dump[string]): Dump[string] {
  const nameOf = (row: Dump[string][number]): string => String(row.started_at ? row.deployment_id : row.commit_id);
  return rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
