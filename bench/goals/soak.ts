import type { Bench } from '../bench.js';
import { connect, run } from '../database.js';
import { type Goal, median } from '../result.js';
import { startService, type RunningService } from '../service.js';
import { Feed } from '../soak/feed.js';
import { type Sent, steadily } from '../soak/steadily.js';
import { EVENTS_A_SECOND, sendBatch, traffic } from '../soak/traffic.js';
import { type Sample, watch } from '../soak/watch.js';

const MB = 1024 * 1024;
const SAMPLES = 90;
/** Of the time, before anything is measured: a first third that warms up would excuse a slow last one. */
const WARMING = 0.2;
const KINDS = {
  events: ['event'],
  batches: ['batch'],
  queries: ['summary', 'series', 'deployments', 'commits', 'explain'],
};

/** What a service that has been at work for a while holds, and how fast it answers, in the last third as in the first. */
export async function soak(bench: Bench): Promise<Goal[]> {
  const seconds = bench.size.minutes * 60;
  const stored = bench.size.stored / 10;
  const feed = new Feed(stored + (1 + WARMING) * seconds * EVENTS_A_SECOND);
  const database = await bench.databases.make();
  const service = await startService(database);
  const client = await connect(database);
  try {
    bench.tell(`soak: storing ${stored} events`);
    await fill(service, feed, stored);
    const kinds = traffic(service, feed);
    await steadily(kinds, seconds * WARMING);
    bench.tell(`soak: ${bench.size.minutes} minutes`);
    const [sent, samples] = await Promise.all([
      steadily(kinds, seconds),
      watch(service, client, { seconds, samples: SAMPLES }),
    ]);
    const [told] = await run<{ events: number }>(database, 'SELECT count(*)::int AS events FROM devopstic.events');
    if (told?.events !== feed.distinct) throw new Error(`${told?.events} of ${feed.distinct} events are stored`);
    return [memoryGoal(samples), connectionsGoal(samples), ...latencyGoals(sent)];
  } finally {
    await client.end();
    await service.stop();
    await bench.databases.drop(database);
  }
}

async function fill(service: RunningService, feed: Feed, events: number): Promise<void> {
  for (let left = events; left > 0; left -= 1000) await sendBatch(service, feed.fresh(Math.min(left, 1000)));
}

function memoryGoal(samples: Sample[]): Goal {
  const [first, last] = thirds(samples, (third) => median(third.map(({ memory }) => memory / MB)));
  return {
    goal: 'resident memory of a soak, the last third − the first',
    unit: 'MB',
    floor: 50,
    aim: 0,
    better: 'less',
    runs: [last - first],
    detail: `medians ${first.toFixed(0)} and ${last.toFixed(0)} MB`,
  };
}

function connectionsGoal(samples: Sample[]): Goal {
  const [first, last] = thirds(samples, (third) => Math.max(...third.map(({ connections }) => connections)));
  return {
    goal: 'most database connections of a soak, the last third − the first',
    unit: 'connections',
    floor: 1,
    aim: 0,
    better: 'less',
    runs: [last - first],
    detail: `${first} and ${last}`,
  };
}

function latencyGoals(sent: Sent[]): Goal[] {
  return Object.entries(KINDS).map(([goal, names]) => {
    const [first, last] = ofThirds(sent, names, 0.99);
    return {
      goal: `p99 of ${goal} of a soak, the last third ÷ the first`,
      floor: 1.5,
      aim: 1.2,
      better: 'less',
      runs: [last / first],
      detail: `p50/p99 ms in the first and the last third: ${names.map((name) => latencies(sent, name)).join('; ')}`,
    };
  });
}

function latencies(sent: Sent[], name: string): string {
  const [p50, p99] = [ofThirds(sent, [name], 0.5), ofThirds(sent, [name], 0.99)];
  return `${name} ${p50[0].toFixed(1)}/${p99[0].toFixed(1)} and ${p50[1].toFixed(1)}/${p99[1].toFixed(1)}`;
}

function ofThirds(sent: readonly Sent[], names: readonly string[], share: number): [number, number] {
  const some = sent.filter(({ name }) => names.includes(name));
  return thirds(some, (third) => quantile(third, share));
}

/** Something of the first third and of the last. */
function thirds<T extends { at: number }>(all: readonly T[], value: (third: T[]) => number): [number, number] {
  return [value(all.filter(({ at }) => at < 1 / 3)), value(all.filter(({ at }) => at >= 2 / 3))];
}

function quantile(sent: readonly Sent[], share: number): number {
  const sorted = sent.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
