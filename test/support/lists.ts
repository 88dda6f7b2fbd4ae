import type { TestApp } from './app.js';
import type { ModelEvent } from './model/event.js';

export interface Page<Item> {
  items: Item[];
  count: number;
  limit: number;
  next: string | null;
}

/** One page; throws if it is none. `query` values may be repeated. */
export async function aPage<Item>(
  app: TestApp,
  path: string,
  query: Record<string, string | number | string[]> = {},
  token: string = app.admin,
): Promise<Page<Item>> {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)] as [string, string]),
  );
  const answer = await app.request('GET', `${path}?${new URLSearchParams(parameters)}`, { token });
  const page = (await answer.json()) as Page<Item>;
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(page)}`);
  return page;
}

/** All pages, one after another, with something that happens after each. */
export async function walk<Item>(
  app: TestApp,
  path: string,
  query: Record<string, string | number | string[]> = {},
  between: (page: Page<Item>) => Promise<void> = async () => undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | null = '';
  while (next !== null) {
    const page: Page<Item> = await aPage(app, path, next === '' ? query : { ...query, cursor: next });
    items.push(...page.items);
    if (page.count !== page.items.length) throw new Error(`count ${page.count} of ${page.items.length}`);
    await between(page);
    next = page.next;
  }
  return items;
}

/** An event with what it needs; a deployment unless told otherwise. */
export function anEvent(told: Partial<ModelEvent> & { id: string }): ModelEvent {
  const { type = 'deploy' } = told;
  const defaults = { type, pipeline_id: 'shop', timestamp: '2026-03-02T10:00:00.000Z' };
  if (type === 'incident_status_change') return { ...defaults, status: 'failure', incident_id: told.id, ...told };
  if (type === 'deploy') return { ...defaults, status: 'success', environment: 'production', commit_id: 'c1', ...told };
  return { ...defaults, commit_id: 'c1', ...told };
}

/** A time on 2 March 2026, `minutes` after midnight. */
export function minute(minutes: number): string {
  return new Date(Date.UTC(2026, 2, 2, 0, minutes)).toISOString();
}
