import { Rebuild, type Rebuilt } from '../src/events/rebuild.js';
import { environmentOf, startApp, type TestApp } from './support/app.js';
import { run } from './support/cli.js';
import { dump } from './support/dump.js';

const AT = (minute: number) => new Date(Date.UTC(2026, 2, 2, 8, minute)).toISOString();
const STORY = [
  { type: 'commit', commit_id: 'c1', author: 'helper-bot', timestamp: AT(0) },
  { type: 'approve', commit_id: 'c1', timestamp: AT(5) },
  { type: 'deploy', commit_id: 'c1', environment: 'production', status: 'success', timestamp: AT(10) },
  { type: 'incident_status_change', incident_id: 'i1', status: 'failure', timestamp: AT(40) },
];

describe('the rebuild', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    for (const pipeline_id of ['shop', 'web']) {
      await app.request('POST', '/events/batch', { body: STORY.map((event) => ({ ...event, pipeline_id })) });
    }
  });
  afterAll(() => app.close());

  async function rebuilt(): Promise<Rebuilt[]> {
    const all: Rebuilt[] = [];
    for await (const one of app.app.get(Rebuild).all()) all.push(one);
    return all;
  }

  it('changes nothing where nothing was tampered with', async () => {
    expect(await rebuilt()).toEqual(['shop', 'web'].map((pipeline_id) => ({ pipeline_id, events: 4, differing: {} })));
  });

  it('mends changed, lost and invented rows, and says in which tables', async () => {
    const before = await dump(app.dataSource, 'shop');
    await app.dataSource.query(`UPDATE devopstic.deployments SET failed_by = '{}' WHERE pipeline_id = 'shop'`);
    await app.dataSource.query(`DELETE FROM devopstic.deployment_changes WHERE pipeline_id = 'shop'`);
    await app.dataSource.query(`INSERT INTO devopstic.commits (pipeline_id, commit_id) VALUES ('shop', 'ghost')`);
    const [shop, web] = await rebuilt();
    expect(Object.keys(shop?.differing ?? {}).toSorted()).toEqual(['commits', 'deployment_changes', 'deployments']);
    expect(web?.differing).toEqual({});
    expect(await dump(app.dataSource, 'shop')).toEqual(before);
  });

  it('by command keeps the settings of the service, whatever those of the shell are', async () => {
    const settings = () => app.dataSource.query('SELECT name, value FROM devopstic.settings ORDER BY name');
    const before: unknown = await settings();
    const program = run(['rebuild'], { ...environmentOf(app.database), DEVOPSTIC_BOT_AUTHORS: '^helper' });
    expect(await program.ended).toBe(0);
    expect(program.stdout()).toContain('Rebuilt 2 pipelines from 8 events: nothing differed.');
    expect(await settings()).toEqual(before);
  });

  it('is tried again when it failed', async () => {
    const rename = (from: string, to: string) =>
      app.dataSource.query(`ALTER FUNCTION devopstic.${from}(text, timestamptz, text, integer) RENAME TO ${to}`);
    const bot = async (): Promise<unknown> =>
      app.dataSource.query(`SELECT bot FROM devopstic.commits WHERE pipeline_id = 'shop' AND commit_id = 'c1'`);
    await rename('project_stored', 'missing');
    const changed = await startApp({ DEVOPSTIC_BOT_AUTHORS: '^help' }, app.database);
    try {
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await bot()).toEqual([{ bot: false }]);
      await rename('missing', 'project_stored');
      for (let i = 0; i < 100 && JSON.stringify(await bot()) === '[{"bot":false}]'; i++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      expect(await bot()).toEqual([{ bot: true }]);
    } finally {
      await changed.close();
    }
  });

  it('comes by itself after a change of a setting that rows depend on', async () => {
    const shop = async () =>
      app.dataSource.query(`
        SELECT c.bot, w.commit_id IS NOT NULL AS waiting
        FROM devopstic.commits AS c
        LEFT JOIN devopstic.waiting_for_production AS w USING (pipeline_id, commit_id)
        WHERE c.pipeline_id = 'shop'`);
    expect(await shop()).toEqual([{ bot: true, waiting: false }]);
    const settings = { BOT_AUTHORS: '^nobody', INCIDENT_WINDOW: '5m', PRODUCTION_ENVIRONMENTS: '^live$' };
    const variables = Object.entries(settings).map(([name, value]) => [`DEVOPSTIC_${name}`, value]);
    const changed = await startApp(Object.fromEntries(variables) as Record<string, string>, app.database);
    try {
      const due = async () => app.dataSource.query(`SELECT 1 FROM devopstic.settings WHERE name = 'rebuild_due'`);
      while (((await due()) as unknown[]).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await shop()).toEqual([{ bot: false, waiting: true }]);
      const [incident] = await app.dataSource.query(
        `SELECT cause_method FROM devopstic.incidents WHERE pipeline_id = 'shop'`,
      );
      expect(incident).toEqual({ cause_method: 'none' });
    } finally {
      await changed.close();
    }
  });
});
