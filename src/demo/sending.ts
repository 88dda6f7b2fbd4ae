import { SingleBar } from 'cli-progress';
import type { EventBody } from '../events/event.js';
import { StartError } from '../start-error.js';
import type { ServiceClient } from '../client/service-client.js';

const BATCH = 200;
/** The newest ones go one by one, as a pipeline's job would send them. */
const SINGLY = 20;

export interface SentEvents {
  accepted: number;
  duplicates: number;
}

/** Sends them in their order, in batches and one by one, with a progress bar on the standard error. */
export async function sendEvents(service: ServiceClient, events: readonly EventBody[]): Promise<SentEvents> {
  const bar = new SingleBar({
    format: 'sending {bar} {percentage}% | {value} of {total} events | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 2_000,
  });
  bar.start(events.length, 0);
  try {
    return await sendAll(service, events, (count) => bar.increment(count));
  } finally {
    bar.stop();
  }
}

async function sendAll(
  service: ServiceClient,
  events: readonly EventBody[],
  onSent: (count: number) => void,
): Promise<SentEvents> {
  const sent: SentEvents = { accepted: 0, duplicates: 0 };
  const inBatches = Math.max(0, events.length - SINGLY);
  for (let start = 0; start < inBatches; start += BATCH) {
    const batch = events.slice(start, Math.min(start + BATCH, inBatches));
    const result = await service.sendBatch(batch);
    const [error] = result.errors;
    if (error) {
      throw new StartError(
        `${result.rejected} events were refused, the first because ${error.pointer} ${error.detail}`,
      );
    }
    sent.accepted += result.accepted;
    sent.duplicates += result.duplicates;
    onSent(batch.length);
  }
  for (const event of events.slice(inBatches)) {
    if ((await service.store(event)).created) sent.accepted++;
    else sent.duplicates++;
    onSent(1);
  }
  return sent;
}
