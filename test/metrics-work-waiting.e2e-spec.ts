import { startApp, type TestApp } from './support/app.js';
import { at, commit, deploy, dora, tell } from './support/telling.js';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const summary = (query: object) =>
  dora<{ work_waiting: object }>(app, 'summary', { pipeline: 'waiting', from: '2026-03-01', ...query });

describe('work waiting', () => {
  const landed = (time: string, id: string, more = {}) =>
    commit(time, id, { landed_at: at(time), landed_head: id, ...more });

  beforeAll(() =>
    tell(app, 'waiting', [
      landed('03-01 08:00', 'before'),
      deploy('03-02 00:00', 'base', { environment: 'staging' }),
      landed('03-02 12:00', 'between'),
      deploy('03-03 00:00', 'base'),
      landed('03-03 00:00', 'at the baseline'),
      landed('03-04 00:00', 'staged only'),
      deploy('03-05 00:00', 'staged only', { environment: 'staging' }),
      landed('03-06 00:00', 'bump', { author: 'dependabot' }),
      landed('03-07 00:00', 'carried at the end'),
      landed('03-08 00:00', 'a branch', { landed_at: undefined, landed_head: undefined }),
      landed('03-10 00:00', 'too late'),
      deploy('03-10 00:00', 'carried at the end'),
    ]),
  );

  const day = 86_400;
  const until = { to: '2026-03-10' };

  it('counts what landed since the baseline and was not carried before the end', async () => {
    const { work_waiting } = await summary(until);
    expect(work_waiting).toEqual({ count: 2, oldest: 6 * day, median: 4.5 * day });
  });

  it('counts bots if asked to', async () => {
    const { work_waiting } = await summary({ ...until, bots: 'true' });
    expect(work_waiting).toEqual({ count: 3, oldest: 6 * day, median: 4 * day });
  });

  it('takes the earliest baseline of the environments, and what reached any of them as carried', async () => {
    const { work_waiting } = await summary({ ...until, environment: ['staging', 'production'] });
    expect(work_waiting).toEqual({ count: 3, oldest: 7.5 * day, median: 7 * day });
  });

  it('counts nothing where nothing was ever deployed', async () => {
    const { work_waiting } = await summary({ ...until, environment: 'nowhere' });
    expect(work_waiting).toEqual({ count: 0, oldest: null, median: null });
  });
});
