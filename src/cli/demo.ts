import { ServiceClient } from '../client/service-client.js';
import { asSomebody } from '../client/sign-in.js';
import { Config } from '../config/config.js';
import { demoEvents } from '../demo/demo-events.js';
import { describeOutcome } from '../demo/outcome.js';
import { sendEvents } from '../demo/sending.js';
import type { PipelinesView } from '../metrics/dora.view.js';
import { StartError } from '../start-error.js';
import { answer } from './answer.js';
import type { Json } from './json-option.js';

const DAYS = 90;
const DAY_MS = 86_400_000;

export interface DemoOptions extends Json {
  url?: string;
  seed: string;
  force?: true;
}

/** Fills an empty service with made-up deliveries, sent over HTTP as any sender's events. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const config = new Config();
  const service = new ServiceClient(options.url ?? config.service_url);
  await service.greet();
  await asSomebody(service, config, () => fill(service, options));
}

async function fill(service: ServiceClient, options: DemoOptions): Promise<void> {
  const { seed, force } = options;
  const { count } = await service.get<{ count: number }>('/events?limit=1');
  if (count > 0 && !force) {
    throw new StartError(
      'The service has events already, and the demo is for an empty one: --force (npm run demo -- --force) adds it all the same',
    );
  }
  const now = new Date();
  const sent = await sendEvents(service, demoEvents({ seed, now, days: DAYS }));
  const from = new Date(now.getTime() - DAYS * DAY_MS).toISOString().slice(0, 10);
  const pipelines = await service.get<PipelinesView>(`/dora/pipelines?from=${from}`);
  answer(options, { url: service.url, ...sent }, describeOutcome(sent, pipelines, service.url));
}
