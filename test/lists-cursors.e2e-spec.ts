import { startApp, type TestApp } from './support/app.js';
import { aDeclaration } from './support/hooks.js';
import { aKey, aUser } from './support/people.js';
import { putScope } from './support/scoping.js';

const RANGE = 'from=2026-03-01&to=2026-03-04';
const LISTS = [
  '/events?',
  '/commits?',
  '/deployments?',
  '/incidents?',
  '/pipelines?',
  '/teams?',
  '/scope/versions?',
  '/hooks?',
  '/webhook-deliveries?',
  '/users?',
  '/api-keys?',
  '/audit?',
  `/dora/pipelines?${RANGE}&`,
  `/dora/explain?metric=deployment_frequency&${RANGE}&`,
];

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
  const teams = ['one', 'two', 'three'].map((name) => ({ name, pipelines: ['shop-*'] }));
  for (const team of teams) await putScope(app, { teams: teams.slice(0, teams.indexOf(team) + 1) });
  const events = [0, 1].flatMap((n) => {
    const of = { pipeline_id: `shop-${n}`, timestamp: `2026-03-02T1${n}:00:00Z` };
    return [
      { ...of, type: 'commit', commit_id: `c${n}` },
      { ...of, type: 'deploy', commit_id: `c${n}`, environment: 'production', status: 'success' },
      { ...of, type: 'incident_status_change', incident_id: `i${n}`, status: 'failure' },
    ];
  });
  await app.request('POST', '/events/batch', { body: events });
  const { secret } = await aKey(app);
  await aKey(app);
  await aUser(app);
  for (const name of ['hook-a', 'hook-b']) {
    await app.request('PUT', `/hooks/${name}`, { body: aDeclaration() });
    await app.request('POST', `/hooks/${name}`, { body: {}, token: secret });
  }
});
afterAll(() => app.close());

async function get(path: string): Promise<{ status: number; body: { next: string; errors?: object[] } }> {
  const answer = await app.request('GET', path);
  return { status: answer.status, body: (await answer.json()) as { next: string } };
}

describe('the cursor of a list', () => {
  it('goes on in that list, and is refused by every other', async () => {
    const cursors = await Promise.all(
      LISTS.map(async (list) => [list, (await get(`${list}limit=1`)).body.next] as const),
    );
    for (const [list, cursor] of cursors) {
      for (const other of LISTS) {
        const { status, body } = await get(`${other}limit=1&cursor=${cursor}`);
        const [right, errors] = list === other ? [200, undefined] : [400, [{ pointer: '/cursor' }]];
        expect([list, other, status, body]).toMatchObject([list, other, right, errors ? { errors } : {}]);
      }
    }
  });

  it('that was handed out before it bore the name of its list is still good', async () => {
    for (const list of LISTS) {
      const { next } = (await get(`${list}limit=1`)).body;
      const [, ...old] = JSON.parse(Buffer.from(next, 'base64url').toString()) as unknown[];
      const cursor = Buffer.from(JSON.stringify(old)).toString('base64url');
      const [now, then] = [await get(`${list}limit=1&cursor=${next}`), await get(`${list}limit=1&cursor=${cursor}`)];
      expect([list, then.status, then.body]).toEqual([list, 200, now.body]);
    }
  });
});
