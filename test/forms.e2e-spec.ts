import type { StoredEvent } from '../src/events/event.js';
import { startApp, type TestApp } from './support/app.js';
import { aPage } from './support/lists.js';
import { aKey, problemOf } from './support/people.js';

const TIMESTAMP = '2026-03-02T10:30:00.000Z';
const DEPLOYMENT = { pipeline_id: 'shop', environment: 'production', commit_id: 'c1', timestamp: TIMESTAMP };
const INCIDENT = { pipeline_id: 'shop', incident_id: 'i1', timestamp: TIMESTAMP };

describe('the form of', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  async function stored(path: string, body: object): Promise<StoredEvent> {
    const answer = await app.request('POST', path, { body });
    expect([answer.status, path]).toEqual([201, path]);
    return (await answer.json()) as StoredEvent;
  }

  async function count(): Promise<number> {
    const [{ count: found }] = await app.dataSource.query('SELECT count(*)::int FROM devopstic.events');
    return found as number;
  }

  it('a deployment becomes a deploy event, successful unless told otherwise', async () => {
    const event = await stored('/deployments', { ...DEPLOYMENT, id: 'e1', deployment_id: 'd1', commits: ['c0'] });
    expect(event).toMatchObject({ type: 'deploy', status: 'success', deployment_id: 'd1', commits: ['c0'] });
    const { items } = await aPage(app, '/deployments');
    expect(items).toMatchObject([{ deployment_id: 'd1', status: 'success', commits: ['c0', 'c1'] }]);
    const failed = await stored('/deployments', { ...DEPLOYMENT, status: 'failure', rework: true, rollback: null });
    expect(failed).toMatchObject({ status: 'failure', rework: true, rollback: null });
  });

  it('an incident opens and resolves one', async () => {
    const opened = await stored('/incidents', { ...INCIDENT, state: 'open', deployment_id: 'd1' });
    expect(opened).toMatchObject({ type: 'incident_status_change', status: 'failure', deployment_id: 'd1' });
    const resolved = await stored('/incidents', { ...INCIDENT, state: 'resolved', timestamp: '2026-03-02T11:00:00Z' });
    expect(resolved).toMatchObject({ status: 'success', timestamp: '2026-03-02T11:00:00.000Z' });
    const { items } = await aPage(app, '/incidents');
    expect(items).toMatchObject([{ state: 'resolved', duration_seconds: 1800, cause_deployment_id: 'd1' }]);
  });

  it('either is answered as POST /events answers the event it becomes', async () => {
    const body = { ...DEPLOYMENT, pipeline_id: 'same', id: 'e1' };
    const event = { ...body, type: 'deploy', status: 'success' };
    const answers = [
      await app.request('POST', '/deployments', { body }),
      await app.request('POST', '/events', { body: event }),
      await app.request('POST', '/deployments', { body: { ...body, id: 'e1' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
    const [first, ...others] = await Promise.all(answers.map((answer) => answer.json()));
    expect(others).toEqual([first, first]);
    const changed = await app.request('POST', '/deployments', { body: { ...body, commit_id: 'c2' } });
    expect(await problemOf(changed)).toMatchObject({ status: 409, pointers: ['/id'] });
  });

  it('either is refused to a key of other pipelines and to one that may only read', async () => {
    const other = (await aKey(app, { pipelines: ['other'] })).secret;
    const reader = (await aKey(app, { scopes: ['metrics:read'] })).secret;
    const before = await count();
    for (const [path, body] of [
      ['/deployments', DEPLOYMENT],
      ['/incidents', { ...INCIDENT, state: 'open' }],
    ] as const) {
      const foreign = await problemOf(await app.request('POST', path, { body, token: other }));
      expect(foreign).toMatchObject({ status: 403, pointers: ['/pipeline_id'] });
      expect((await problemOf(await app.request('POST', path, { body, token: reader }))).status).toBe(403);
      expect((await problemOf(await app.request('POST', path, { body, token: null }))).status).toBe(401);
    }
    expect(await count()).toBe(before);
  });

  it.each([
    ['/deployments', {}, ['/commit_id', '/environment', '/pipeline_id']],
    [
      '/deployments',
      { ...DEPLOYMENT, status: 'done', timestamp: 1, commits: 'c0' },
      ['/commits', '/status', '/timestamp'],
    ],
    [
      '/deployments',
      { ...DEPLOYMENT, type: 'deploy', incident_id: 'i1', nonsense: 1 },
      ['/incident_id', '/nonsense', '/type'],
    ],
    ['/deployments', { ...DEPLOYMENT, environment: null }, ['/environment']],
    ['/incidents', {}, ['/incident_id', '/pipeline_id', '/state']],
    ['/incidents', { ...INCIDENT, state: 'failure' }, ['/state']],
    ['/incidents', { ...INCIDENT, state: null }, ['/state']],
    ['/incidents', { ...INCIDENT, state: ['open'] }, ['/state']],
    ['/incidents', { ...INCIDENT, state: 'constructor' }, ['/state']],
    ['/incidents', { ...INCIDENT, state: 'open', status: 'failure' }, ['/status']],
    ['/incidents', { ...INCIDENT, state: 'open', commits: [], author: 'ada' }, ['/author', '/commits']],
  ])('%s names the fields that are wrong in %j', async (path, body, pointers) => {
    const before = await count();
    const problem = await problemOf(await app.request('POST', path, { body }));
    expect(problem.status).toBe(400);
    expect(problem.pointers.toSorted()).toEqual(pointers);
    expect(await count()).toBe(before);
  });
});
