import { createHmac, randomBytes } from 'node:crypto';
import type { Bench } from '../bench.js';
import { type Goal, spread } from '../result.js';
import { startService, type RunningService, WEBHOOK_SECRET } from '../service.js';

const COMMITS = 100;

/** A push of GitHub with many commits, from being sent to being answered: everything is visible by then. */
export async function push(bench: Bench): Promise<Goal[]> {
  const database = await bench.databases.make();
  const service = await startService(database);
  const runs: number[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    bench.tell(`push, run ${run} of ${bench.runs}`);
    const times: number[] = [];
    for (let count = 0; count < bench.size.pushes; count++) times.push(await deliver(service));
    times.sort((one, other) => one - other);
    runs.push(times[Math.floor(times.length * 0.99)] ?? Number.NaN);
  }
  await service.stop();
  await bench.databases.drop(database);
  const goal = `p99 of a webhook of a ${COMMITS}-commit push, one request from sent to visible`;
  return [{ goal, unit: 'ms', floor: 1000, aim: 50, better: 'less', runs, detail: `ms ${spread(runs, 1)}` }];
}

async function deliver({ url }: RunningService): Promise<number> {
  const body = JSON.stringify(payload());
  const signature = createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': randomBytes(16).toString('hex'),
    'x-hub-signature-256': `sha256=${signature}`,
  };
  const start = performance.now();
  const answer = await fetch(`${url}/github/events`, { method: 'POST', headers, body });
  const { outcome, event_ids } = (await answer.json()) as { outcome: string; event_ids: string[] };
  const spent = performance.now() - start;
  if (outcome !== 'recorded' || event_ids.length !== COMMITS) throw new Error(`The push was ${outcome}`);
  return spent;
}

function payload(): object {
  const now = new Date().toISOString();
  const commits = Array.from({ length: COMMITS }, () => ({
    id: sha(),
    message: 'A change',
    timestamp: now,
    url: 'https://github.com/acme/shop/commit/1',
    author: { name: 'Ada', username: 'ada' },
    committer: { name: 'Ada', username: 'ada' },
    distinct: true,
  }));
  return {
    ref: 'refs/heads/main',
    before: sha(),
    after: commits.at(-1)?.id,
    forced: false,
    deleted: false,
    repository: { name: 'shop', full_name: 'acme/shop', default_branch: 'main', pushed_at: Date.now() / 1000 },
    commits,
    head_commit: commits.at(-1),
  };
}

function sha(): string {
  return randomBytes(20).toString('hex');
}
