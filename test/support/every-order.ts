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
  const dumps = byOrder(await dump(app.dataSource, story), orders.length);
  const [rows = {}] = dumps;
  for (const other of dumps) expect(other).toEqual(rows);
  return Object.fromEntries(Object.entries(rows).map(([table, own]) => [table, byName(own)]));
}

/** All rows at once, cut into those of each order: a look at each for itself takes most of the time. */
function byOrder(all: Dump, orders: number): Dump[] {
  const dumps = Array.from({ length: orders }, (): Dump => ({}));
  for (const [table, rows] of Object.entries(all)) {
    for (const dumped of dumps) dumped[table] = [];
    for (const row of rows) {
      const [number, ...name] = String(row.pipeline_id).split(':');
      dumps[Number(number)]![table]!.push({ ...row, pipeline_id: name.join(':') });
    }
    for (const dumped of dumps) dumped[table] = dumped[table]!.toSorted((a, b) => (json(a) < json(b) ? -1 : 1));
  }
  return dumps;
}

const json = (row: object): string => JSON.stringify(row);

/** Deployments by their id, everything else by its commit. */
function byName(rows: Dump[string]): Dump[string] {
  const nameOf = (row: Dump[string][number]): string => String(row.started_at ? row.deployment_id : row.commit_id);
  return rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
