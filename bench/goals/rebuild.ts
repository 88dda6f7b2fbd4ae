import type { Bench } from '../bench.js';
import { copyLimit } from '../limits/copy.js';
import { put } from '../load/load.js';
import { type Goal, spread } from '../result.js';
import { runCommand, startService } from '../service.js';

/** `devopstic rebuild` of many events, beside COPY of the same. */
export async function rebuild(bench: Bench): Promise<Goal[]> {
  const events = bench.size.stored;
  const database = await bench.databases.make();
  const service = await startService(database);
  const shape = { connections: 4, eventsARequest: 1000, pipelines: 100, prefix: 'r' };
  await put({ ...shape, requests: Math.ceil(events / 1000) }, service);
  await service.stop();
  const [rebuilt, copied]: [number[], number[]] = [[], []];
  for (let run = 1; run <= Math.min(bench.runs, 3); run++) {
    bench.tell(`rebuild, run ${run}`);
    const start = performance.now();
    await runCommand(['rebuild'], database);
    rebuilt.push((performance.now() - start) / 1000);
    copied.push(events / (await copyLimit(database, events)));
  }
  await bench.databases.drop(database);
  return [
    {
      goal: `rebuild from ${events.toLocaleString('en')} events ÷ COPY of them`,
      floor: 5,
      aim: 2,
      better: 'less',
      runs: rebuilt.map((seconds, run) => seconds / (copied[run] ?? Number.NaN)),
      detail: `seconds ${spread(rebuilt, 1)}; COPY seconds ${spread(copied, 1)}`,
    },
  ];
}
