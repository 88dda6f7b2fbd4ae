import { jest } from '@jest/globals';
import { Rebuild } from '../src/events/rebuild.js';
import { startApp, type TestApp } from './support/app.js';
import { withoutRebuilds } from './support/rebuilds.js';
import { putScope } from './support/scoping.js';
import { commit, deploy, dora, tell } from './support/telling.js';

const DAY = { from: '2026-03-02', to: '2026-03-03' };

let app: TestApp;
beforeEach(async () => {
  app = await startApp({ DEVOPSTIC_BOT_AUTHORS: '^never$', DEVOPSTIC_PRODUCTION_ENVIRONMENTS: '^never$' });
  await tell(app, 'shop', [
    commit('03-02 08:00', 'c1', { author: 'the-robot', landed_at: '2026-03-02T09:00:00Z' }),
    commit('03-02 08:30', 'c2', { author: 'ada', landed_at: '2026-03-02T09:00:00Z' }),
    deploy('03-02 10:00', 'c1', { environment: 'stage' }),
    deploy('03-02 11:00', 'c2', { environment: 'stage' }),
  ]);
});
afterEach(() => app.close());

const rows = async () => {
  const commits = await app.dataSource.query<Record<string, unknown>[]>(
    `SELECT c.commit_id, c.bot,
       NOT EXISTS (
         SELECT FROM devopstic.waiting_for_production AS w
         WHERE w.pipeline_id = c.pipeline_id AND w.commit_id = c.commit_id) AS in_production
     FROM devopstic.commits AS c
     ORDER BY c.commit_id`,
  );
  return commits.map(({ commit_id, bot, in_production }) => [commit_id, bot, in_production]);
};
const AS_VARIABLES_SAY = [
  ['c1', false, false],
  ['c2', false, false],
];
const AS_RULES_SAY = [
  ['c1', true, true],
  ['c2', false, true],
];
const RULES = { production_environments: '^STAGE$', bot_authors: '-robot$' };
const due = () => app.app.get(Rebuild).due();

async function derived(): Promise<void> {
  const deadline = Date.now() + 15_000;
  while ((await due()) !== null && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await due()).toBeNull();
}

it('rules of production and bots stand before the variables: rows are derived again, once, whoever runs beside', async () => {
  const other = await startApp(
    { DEVOPSTIC_BOT_AUTHORS: '^never$', DEVOPSTIC_PRODUCTION_ENVIRONMENTS: '^never$' },
    app.database,
  );
  try {
    expect(await rows()).toEqual(AS_VARIABLES_SAY);
    const rounds = [app, other].map((one) => jest.spyOn(one.app.get(Rebuild), 'all'));
    await putScope(app, RULES);
    expect(await due()).toEqual(['bot_authors', 'production_environments']);
    await derived();
    expect(await rows()).toEqual(AS_RULES_SAY);
    expect(rounds.flatMap(({ mock }) => mock.calls)).toHaveLength(1);
    expect(await dora(other, 'summary', DAY)).toMatchObject({
      environments: ['stage'],
      deployment_frequency: { deployments: 2 },
      lead_time: { count: 1 },
    });
  } finally {
    await other.close();
  }
});

it('after a restart the rules still stand before the variables, and nothing is due', async () => {
  await putScope(app, RULES);
  await derived();
  const restarted = await startApp({ DEVOPSTIC_BOT_AUTHORS: '^ada$' }, app.database);
  try {
    expect(await due()).toBeNull();
    expect(await rows()).toEqual(AS_RULES_SAY);
    await putScope(restarted, { production_environments: RULES.production_environments });
    await derived();
    const by_variable = [
      ['c1', false, true],
      ['c2', true, true],
    ];
    expect(await rows()).toEqual(by_variable);
    // By the replica that was started first, with other variables: what it does not change stays as it is.
    await putScope(app, { production_environments: RULES.production_environments, incident_labels: [] });
    expect(await due()).toBeNull();
    expect(await rows()).toEqual(by_variable);
  } finally {
    await restarted.close();
  }
});

it('a rule that changes again while rows are derived is due again', async () => {
  await withoutRebuilds(app, async () => {
    await putScope(app, { bot_authors: '^ada$' });
    const begun = await due();
    await putScope(app, { bot_authors: '-robot$' });
    await app.app.get(Rebuild).settle(begun);
    expect(await due()).not.toBeNull();
  });
  await derived();
  expect((await rows()).map(([name, bot]) => [name, bot])).toEqual([
    ['c1', true],
    ['c2', false],
  ]);
});

it('other rules derive nothing again', async () => {
  await putScope(app, { teams: [{ name: 'payments', pipelines: ['shop'] }] });
  expect(await due()).toBeNull();
});
