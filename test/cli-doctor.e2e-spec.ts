import { jest } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import type { Finding } from '../src/doctor/finding.js';
import { createEmptyDatabase, dropDatabase, environmentOf, startApp, type TestApp } from './support/app.js';
import { finish } from './support/cli.js';
import { withoutRebuilds } from './support/rebuilds.js';
import { putScope } from './support/scoping.js';
import { temporaryFolder } from './support/temporary-folder.js';

// It starts the program many times.
jest.setTimeout(120_000);

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
const date = (days: number) => ago(days).slice(0, 10);

const commit = (commit_id: string, days: number, parents: string[] = []) => ({
  type: 'commit',
  commit_id,
  parents,
  timestamp: ago(days),
});
const deploy = (commit_id: string, days: number, environment = 'production', more: object = {}) => ({
  type: 'deploy',
  commit_id,
  environment,
  status: 'success',
  deployment_id: `of ${commit_id}`,
  timestamp: ago(days),
  ...more,
});
const incident = (incident_id: string, status: string, days: number) => ({
  type: 'incident_status_change',
  incident_id,
  status,
  timestamp: ago(days),
});

const SOUND = [
  commit('c1', 6),
  deploy('c1', 5),
  commit('c2', 4, ['c1']),
  deploy('c2', 3),
  incident('i1', 'failure', 2.9),
  incident('i1', 'success', 2.8),
];

describe('devopstic doctor', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  const tell = (pipeline_id: string, events: object[]) =>
    app.request('POST', '/events/batch', { body: events.map((event) => ({ ...event, pipeline_id })) });
  const examine = (environment: Record<string, string> = {}, words: string[] = []) =>
    finish(['doctor', ...words], { ...environmentOf(app.database), ...environment });

  async function findings(environment: Record<string, string> = {}) {
    const { code, stdout, stderr } = await examine(environment, ['--json']);
    expect(stderr).toBe('');
    const told = (JSON.parse(stdout) as { findings: Finding[] }).findings;
    return { code, told: Object.fromEntries(told.map(({ name, severity, items }) => [name, [severity, ...items]])) };
  }

  it('finds nothing where all is told', async () => {
    await tell('shop', SOUND);
    expect(await examine()).toEqual({ code: 0, stdout: 'Nothing is missing, and nothing is odd.\n', stderr: '' });
  });

  it('says of a new service that there are no events', async () => {
    expect(await findings()).toEqual({ code: 0, told: { no_events: ['warning'] } });
  });

  it('finds what cannot be measured, and whose it is', async () => {
    await tell('shop', SOUND);
    await tell('untold', [deploy('u1', 5), deploy('u2', 4), deploy('u3', 3)]);
    await tell('Shop', [commit('s1', 1), deploy('s1', 2, 'staging')]);
    await tell('hasty', [commit('h1', 1), deploy('h1', 2)]);
    await tell('quiet', [
      commit('q1', 51),
      deploy('q1', 50),
      incident('i2', 'failure', 50),
      incident('i3', 'success', 50),
    ]);
    await tell('stuck', [deploy('x1', 3, 'production', { status: 'in_progress' })]);
    await tell('inferred', [{ type: 'commit', commit_id: 'z1' }]);
    expect(await findings()).toEqual({
      code: 0,
      told: {
        silent_pipelines: ['warning', `quiet, last on ${date(50)}`],
        names_alike: ['warning', 'Shop, shop'],
        unknown_commits: ['warning', 'untold: 3 unknown, 0 measured'],
        no_ancestry: ['warning', 'untold, in 3 deployments'],
        negative_spans: ['warning', 'hasty: 1, beside 0 measured'],
        never_finished: ['warning', `of x1 of stuck to production, since ${date(3)}`],
        openings_missing: ['warning', 'i3 of quiet'],
        open_for_long: ['warning', `i2 of quiet, since ${date(50)}`],
        never_in_production: ['note', 'Shop: staging'],
        inferred_times: ['note'],
      },
    });
  });

  it('names the environments where none is production, and ends with 1', async () => {
    await tell('shop', [
      commit('c1', 3),
      deploy('c1', 2, 'live-eu'),
      deploy('c1', 1, 'qa'),
      incident('i1', 'failure', 1),
    ]);
    expect(await findings()).toEqual({
      code: 1,
      told: { no_production: ['error', 'live-eu', 'qa'], incidents_without_cause: ['note'] },
    });
    const { stdout } = await examine();
    expect(stdout).toMatch(
      /^error: Nothing was deployed to .* production, .* \^\(prod\|production\|live\)\$\. There were deployments to:/,
    );
  });

  it('finds what is wrong with access and settings', async () => {
    await tell('shop', SOUND);
    await putScope(app, { production_environments: '^prod', bot_authors: 'robot$' });
    await app.dataSource.query(
      `INSERT INTO devopstic.users (username, role, password_hash) VALUES ('Admin', 'viewer', 'none')`,
    );
    await app.dataSource.query(`UPDATE devopstic.users SET disabled = true`);
    const [{ id: jobs }] = await app.dataSource.query<[{ id: string }]>(
      `INSERT INTO devopstic.api_keys (name, prefix, hash, scopes, created_by, expires_at, last_used_at)
       VALUES ('jobs', 'dvo_12345678', '', '{events:write}', 'ada', $1, now()),
         ('old', 'dvo_abc', '', '{events:write}', 'ada', $2, now()),
         ('command line', 'dvo_def', '', '{events:write}', 'devopstic', $1, now())
       RETURNING id`,
      [ago(-3), ago(3)],
    );
    await app.dataSource.query(
      `INSERT INTO devopstic.hooks (name, declaration, secrets, created_by, updated_by)
       SELECT name, '{"signature":{}}', ARRAY['of sixteen chars', secret], 'ada', 'ada'
       FROM (VALUES ('old', 'of fifteen char'), ('new', 'of sixteen chars')) AS h (name, secret)`,
    );
    const environment = {
      DEVOPSTIC_HOST: '0.0.0.0',
      DEVOPSTIC_PASSWORD: 'Password2026!',
      DEVOPSTIC_GITLAB_WEBHOOK_SECRET: 'short',
      DEVOPSTIC_FLUX_WEBHOOK_SECRET: 'of sixteen chars',
      DEVOPSTIC_INCIDENT_WINDOWS: '1h',
      DEVOPSTIC_INCIDENT_WINDOW: '1h',
      DEVOPSTIC_BOT_AUTHORS: 'robot$',
    };
    await withoutRebuilds(app, async () => {
      await app.dataSource.query(
        `INSERT INTO devopstic.settings (name, value) VALUES ('rebuild_due', '["bot_authors", "bot_authors"]')
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      );
      expect(await findings(environment)).toEqual({
        code: 1,
        told: {
          no_admin: ['error'],
          unknown_variables: ['warning', 'DEVOPSTIC_INCIDENT_WINDOWS'],
          short_webhook_secrets: ['warning', 'DEVOPSTIC_GITLAB_WEBHOOK_SECRET', 'hook old'],
          rebuild_due: ['warning', 'bot_authors'],
          expiring_keys: ['warning', `jobs (dvo_12345678…), on ${date(-3)}`],
          users_alike: ['warning', 'Admin, admin'],
          weak_password: ['warning'],
          ownerless_keys: ['note', `jobs (dvo_12345678…) by ada: ${jobs}`],
          other_settings: ['note', 'incident_window_seconds: 86400 there, 3600 here'],
          overridden_settings: [
            'note',
            'production_environments: "^prod" by the rules, "^(prod|production|live)$" by the variable',
          ],
          open_metrics: ['note'],
        },
      });
    });
  });

  it('finds webhook deliveries that could not be read, and incidents that nothing caused', async () => {
    await tell('shop', [...SOUND, incident('i4', 'failure', 1)]);
    await app.dataSource.query(
      `INSERT INTO devopstic.webhook_deliveries (source, delivery_id, event_name, headers, body, received_at, outcome, reason)
       SELECT 'github', n::text, 'push', '{}', '', now() - interval '2 days', outcome, reason
       FROM (VALUES (1, 'failed', 'untranslatable'), (2, 'failed', 'untranslatable'), (3, 'received', NULL), (4, 'recorded', NULL))
         AS d (n, outcome, reason)`,
    );
    expect((await findings()).told).toEqual({
      unread_deliveries: ['warning', '2 of github: failed, untranslatable', '1 of github: received'],
      webhook_off: ['warning'],
      incidents_without_cause: ['note'],
    });
    expect((await findings({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: 'secret of GitHub' })).told).not.toHaveProperty(
      'webhook_off',
    );
  });

  it('cuts long lists, with their count', async () => {
    for (let i = 0; i < 13; i++) await tell(`pipeline ${i}`, [commit('c', 100)]);
    const { stdout } = await examine();
    expect(stdout.match(/^ {2}- pipeline/gm)).toHaveLength(10);
    expect(stdout).toContain('  - and 3 more\n');
    const { findings: told } = JSON.parse((await examine({}, ['--json'])).stdout) as { findings: object[] };
    expect(told).toMatchObject([{ name: 'silent_pipelines', items: { length: 10 }, items_in_all: 13 }]);
  });
});

describe('devopstic doctor, where it cannot look', () => {
  it.each([
    [{ DEVOPSTIC_PORT: 'eighty' }, 'configuration_invalid', 'DEVOPSTIC_PORT must be a port'],
    [
      { DEVOPSTIC_DATA_DIR: '/tmp/there-is-no-such-folder' },
      'database_unusable',
      'There is no database in /tmp/there-is-no',
    ],
  ])('says so of %j', async (environment, name, message) => {
    const { code, stdout } = await finish(['doctor', '--json'], environment);
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    expect({ code, findings }).toEqual({ code: 1, findings: [expect.objectContaining({ name, severity: 'error' })] });
    expect(stdout).toContain(message);
    expect(existsSync('/tmp/there-is-no-such-folder')).toBe(false);
  });

  it('makes no database in a wrong folder, nor does another command', async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await finish(['user', 'list'], {}, { cwd });
    expect({ code, stdout, left: readdirSync(cwd) }).toEqual({ code: 1, stdout: '', left: [] });
    expect(stderr).toMatch(/^devopstic: There is no database in \.devopstic, .*: run this where the service runs/);
  });

  it('says so of a database that is not migrated, and leaves it so', async () => {
    const database = await createEmptyDatabase();
    const { code, stdout } = await finish(['doctor'], environmentOf(database));
    expect([code, stdout]).toEqual([1, expect.stringContaining('is not migrated: run devopstic migrate')]);
    await dropDatabase(database);
  });
});
