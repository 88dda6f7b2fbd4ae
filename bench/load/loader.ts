// The process that sends: told by its standard input what, tells on its standard output how it went.
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import { story, take } from '../story.js';
import type { Load, Loaded } from './load.js';

type Order = Load & { url: string; token: string };

const order = JSON.parse(await text(process.stdin)) as Order;
process.stdout.write(JSON.stringify(await ('seconds' in order ? sendSingly(order) : sendInBulk(order))));

async function sendSingly({ url, token, connections, seconds, pipelines, prefix }: Order): Promise<Loaded> {
  const events = story(pipelines, prefix);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const result = await autocannon({
    url,
    connections,
    duration: seconds ?? 1,
    timeout: 60,
    requests: [
      {
        method: 'POST',
        path: '/events',
        headers,
        setupRequest: (request) => ({ ...request, body: JSON.stringify(take(events, 1)[0]) }),
      },
    ],
  });
  const { errors, timeouts, non2xx, latency, duration } = result;
  if (errors + timeouts + non2xx > 0) throw new Error(`${errors} errors, ${timeouts} timeouts, ${non2xx} not 2xx`);
  return { rate: result['2xx'] / duration, p50: latency.p50, p99: latency.p99, events: result['2xx'] };
}

/** So many requests, as many at a time as there are connections. */
async function sendInBulk({ url, token, connections, requests = 0, eventsARequest, pipelines, prefix }: Order) {
  const events = story(pipelines, prefix);
  // Made before: the sender's own work is not to be measured.
  const bodies = Array.from({ length: requests }, () => ndjson(take(events, eventsARequest)));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' };
  const times: number[] = [];
  const send = async (): Promise<void> => {
    for (let body = bodies.shift(); body !== undefined; body = bodies.shift()) {
      const start = performance.now();
      const answer = await fetch(`${url}/events/batch`, { method: 'POST', headers, body });
      const { accepted } = (await answer.json()) as { accepted: number };
      if (accepted !== eventsARequest) throw new Error(`${answer.status}: ${accepted} events were accepted`);
      times.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, send));
  const seconds = (performance.now() - start) / 1000;
  times.sort((one, other) => one - other);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
  return {
    rate: (requests * eventsARequest) / seconds,
    p50: at(0.5),
    p99: at(0.99),
    events: requests * eventsARequest,
  };
}

function ndjson(events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
