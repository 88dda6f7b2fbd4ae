import { demoEvents } from '../../src/demo/demo-events.js';
import type { TestApp } from './app.js';
import { workedExample } from './worked-example.js';

/** The end of what the demo tells here. */
export const DEMO_END = new Date('2026-03-31T12:00:00Z');

/** A name with everything in it that a query could stumble over. */
export const AWKWARD = `it's "awkward", isn't it? $1 {x}`;

/** Two months of the demo, and the worked example under an awkward name. */
export async function sendDemo(app: TestApp): Promise<void> {
  const events = [...demoEvents({ seed: 'grafana', now: DEMO_END, days: 60 }), ...workedExample(AWKWARD)];
  for (let first = 0; first < events.length; first += 5000) {
    const answer = await app.request('POST', '/events/batch', { body: events.slice(first, first + 5000) });
    const { rejected } = (await answer.json()) as { rejected?: number };
    if (answer.status !== 200 || rejected !== 0) throw new Error(`${answer.status}: ${rejected} events were rejected`);
  }
}
