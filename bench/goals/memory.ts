import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import { put } from '../load/load.js';
import type { Goal } from '../result.js';
import { residentMemory, startService, type RunningService } from '../service.js';

const MB = 1024 * 1024;
const AT_A_TIME = 10;

/** What the process has grown by after many events and many queries, once it had been at work for a while. */
export async function memory(bench: Bench): Promise<Goal[]> {
  const database = await bench.databases.make();
  const service = await startService(database);
  const shape = { connections: 4, eventsARequest: 1000, pipelines: 100 };
  await put({ ...shape, requests: Math.ceil(bench.size.stored / 10_000), prefix: 'warm' }, service);
  await query(service, bench.size.queries / 20);
  const before = await settled(service);
  bench.tell(`memory: ${bench.size.stored} events`);
  await put({ ...shape, requests: Math.ceil(bench.size.stored / 1000), prefix: 'm' }, service);
  bench.tell(`memory: ${bench.size.queries} queries`);
  await query(service, bench.size.queries);
  const after = await settled(service);
  await service.stop();
  await bench.databases.drop(database);
  const shown = (bytes: number): string => (bytes / MB).toFixed(0);
  return [
    {
      goal: `growth after ${bench.size.stored.toLocaleString('en')} events and ${bench.size.queries.toLocaleString('en')} queries`,
      unit: 'MB',
      floor: 50,
      aim: 0,
      better: 'less',
      runs: [(after - before) / MB],
      detail: `resident before ${shown(before)} MB, after ${shown(after)} MB`,
    },
  ];
}

async function query({ url, token }: RunningService, count: number): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  let left = count;
  const ask = async (): Promise<void> => {
    for (; left-- > 0;) {
      const pipeline = `team/service-${left % 100}`;
      const path =
        left % 2 === 0 ? `/dora/summary?from=2023-01-01&pipeline=${pipeline}` : `/deployments?pipeline=${pipeline}`;
      const answer = await fetch(url + path, { headers });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, ask));
}

/** The least of some seconds: what is there whenever the collector has been by. */
async function settled(service: RunningService): Promise<number> {
  let least = Infinity;
  for (let second = 0; second < 5; second++) {
    least = Math.min(least, await residentMemory(service));
    await sleep(1000);
  }
  return least;
}
