import type { TestApp } from './app.js';
import type { ModelEvent } from './model/event.js';

export interface BatchAnswer {
  accepted: number;
  duplicates: number;
  rejected: number;
  errors: unknown[];
}

/** One request an event; the status of the answer. */
export async function sendOne(app: TestApp, event: ModelEvent): Promise<number> {
  const response = await app.request('POST', '/events', { body: event });
  await response.arrayBuffer();
  return response.status;
}

export async function sendBatch(app: TestApp, events: ModelEvent[]): Promise<BatchAnswer> {
  return answerOf(await app.request('POST', '/events/batch', { body: events }));
}

export async function read<Answer>(app: TestApp, path: string): Promise<Answer> {
  return answerOf(await app.request('GET', path));
}

async function answerOf<Answer>(response: Response): Promise<Answer> {
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${body}`);
  return JSON.parse(body);
}
