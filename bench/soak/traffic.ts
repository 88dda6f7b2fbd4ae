import type { EventBody } from '../../src/events/event.js';
import { DAY } from '../../src/demo/history/work-hours.js';
import type { RunningService } from '../service.js';
import type { Feed } from './feed.js';
import type { Kind } from './steadily.js';

const EVENTS_A_BATCH = 100;
/** Requests a second: far from what the service can do, for it is to be watched and not to be driven to its limit. */
const RATES = { event: 40, batch: 1, summary: 4, series: 1, deployments: 2, commits: 2, explain: 1 } as const;

/** Events that are sent in a second. */
export const EVENTS_A_SECOND = RATES.event + RATES.batch * EVENTS_A_BATCH;

/** What senders and readers do all day. What is asked about is what was stored at first: it costs the same all the time. */
export function traffic(service: RunningService, feed: Feed): Kind[] {
  const to = feed.now;
  const since = (days: number): string => `from=${date(to.getTime() - days * DAY)}&to=${date(to.getTime())}`;
  const get = (name: keyof typeof RATES, path: () => string): Kind => kind(name, () => answered(service, path()));
  return [
    kind('event', () => sendOne(service, feed.mixed(1)[0])),
    kind('batch', () => sendBatch(service, feed.mixed(EVENTS_A_BATCH))),
    get('summary', () => `/dora/summary?pipeline=${feed.pipeline()}&${since(90)}`),
    get('series', () => `/dora/series?bucket=week&${since(365)}`),
    get('deployments', () => '/deployments'),
    get('commits', () => `/commits?pipeline=${feed.pipeline()}`),
    get('explain', () => `/dora/explain?metric=lead_time&pipeline=${feed.pipeline()}&${since(90)}`),
  ];
}

function kind(name: keyof typeof RATES, send: () => Promise<unknown>): Kind {
  return { name, a_second: RATES[name], send };
}

async function sendOne(service: RunningService, event: EventBody | undefined): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await answered(service, '/events', { method: 'POST', headers, body: JSON.stringify(event) });
}

/** @throws Error unless every event of it is stored, now or before */
export async function sendBatch(service: RunningService, events: EventBody[]): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson' };
  const body = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const answer = await answered(service, '/events/batch', { method: 'POST', headers, body });
  const { accepted, duplicates } = JSON.parse(answer) as { accepted: number; duplicates: number };
  if (accepted + duplicates !== events.length) throw new Error(`Of ${events.length} events were stored: ${answer}`);
}

/** @throws Error for any but an answer of success: none is to fail */
async function answered(
  { url, token }: RunningService,
  path: string,
  { headers, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
): Promise<string> {
  const answer = await fetch(url + path, { ...init, headers: { ...headers, authorization: `Bearer ${token}` } });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text;
}

function date(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
