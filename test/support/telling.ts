import type { TestApp } from './app.js';
import type { ModelEvent } from './model/event.js';
import { read, sendBatch } from './sending.js';

type Told = Omit<ModelEvent, 'id' | 'pipeline_id'>;
type More = Partial<Told>;

/** `03-02 10:30` is of the year 2026, in UTC. */
export const at = (time: string): string => `2026-${time.replace(' ', 'T')}:00Z`;

export const commit = (time: string, commit_id: string, more: More = {}): Told => ({
  type: 'commit',
  timestamp: at(time),
  commit_id,
  ...more,
});

export const submit = (time: string, commit_id: string, more: More = {}): Told => ({
  type: 'submit',
  timestamp: at(time),
  commit_id,
  ...more,
});

export const review = (time: string, status: Told['status'], more: More): Told => ({
  type: 'review',
  timestamp: at(time),
  status,
  ...more,
});

export const approve = (time: string, commit_id: string, more: More = {}): Told => ({
  type: 'approve',
  timestamp: at(time),
  commit_id,
  ...more,
});

/** A successful one to production, named by its commit, unless told otherwise. */
export const deploy = (time: string, commit_id: string, more: More = {}): Told => ({
  type: 'deploy',
  timestamp: at(time),
  commit_id,
  deployment_id: `of ${commit_id}`,
  environment: 'production',
  status: 'success',
  ...more,
});

export const opened = (time: string, incident_id: string, more: More = {}): Told => ({
  type: 'incident_status_change',
  timestamp: at(time),
  incident_id,
  status: 'failure',
  ...more,
});

export const resolved = (time: string, incident_id: string, more: More = {}): Told => ({
  ...opened(time, incident_id, more),
  status: 'success',
});

/** Sends the events of one pipeline. */
export async function tell(app: TestApp, pipeline_id: string, events: Told[]): Promise<void> {
  const answer = await sendBatch(
    app,
    events.map((event, index) => ({ id: `e${index}`, pipeline_id, ...event })),
  );
  expect(answer).toMatchObject({ accepted: events.length, errors: [] });
}

type Query = Record<string, string | string[] | undefined>;

/** What a route of `/dora` answers. */
export function dora<Answer>(app: TestApp, route: string, query: Query): Promise<Answer> {
  return read<Answer>(app, doraPath(route, query));
}

export function doraPath(route: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values ?? []].flat()) parameters.append(name, value);
  }
  return `/dora/${route}?${parameters.toString()}`;
}
