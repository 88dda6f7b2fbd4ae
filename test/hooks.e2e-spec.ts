import { startApp, type TestApp } from './support/app.js';
import { blocks, readDocument, section } from './support/documents.js';
import { aDeclaration, aPayload, HookClient, type Json, sign } from './support/hooks.js';
import { aKey, aUser, problemOf } from './support/people.js';

const DOC = readDocument('doc/sources/hooks.md');

let app: TestApp;
let hooks: HookClient;

beforeAll(async () => {
  app = await startApp();
  hooks = new HookClient(app, (await aKey(app)).secret);
});
afterAll(() => app.close());

describe('the examples of doc/sources/hooks.md', () => {
  const exampleOf = (heading: string) =>
    blocks(section(DOC, heading), 'json').map((block) => JSON.parse(block) as Json) as [Json, Json];

  it('lead a deploy tool from trial to metric', async () => {
    const [payload, declaration] = exampleOf('## A deploy tool');
    const tried = await hooks.tryOut('spinnaker', { declaration, payload });
    expect(tried).toMatchObject({ outcome: 'recorded', reason: null, findings: [] });
    expect(tried.delivery_id).toBe('01F5KC59TRGWKCP31C4N51CDSB/orca:pipeline:failed');
    expect(await hooks.deliveries('spinnaker')).toEqual([]);
    await hooks.declared(declaration, 'spinnaker');
    const sent = await hooks.send('spinnaker', payload);
    expect(sent).toMatchObject({ status: 200, body: { outcome: 'recorded', reason: null } });
    expect(sent.body['event_ids']).toEqual(tried.events.map(({ id }) => id));
    const [event] = ((await (await app.request('GET', '/events?pipeline=shop')).json()) as { items: Json[] }).items;
    expect({ ...event, received_at: null }).toEqual({ ...tried.events[0], received_at: null });
    const other = await hooks.send('spinnaker', { ...payload, details: { type: 'orca:task:complete' } });
    expect(other).toMatchObject({ status: 202, body: { outcome: 'ignored', reason: 'not_wanted' } });
    const query = '/dora/summary?pipeline=shop&from=2026-03-01&to=2026-03-08';
    const summary = (await (await app.request('GET', query)).json()) as Json;
    expect(summary).toMatchObject({ change_failure_rate: { deployments: 1, failed: 1, rate: 1 } });
  });

  it('lead a form for incidents from trial to metric', async () => {
    const [payload, declaration] = exampleOf('## A form for incidents');
    const secret = 'what openssl rand made up';
    await hooks.declared(
      { ...declaration, signature: { ...(declaration['signature'] as Json), secrets: [secret] } },
      'incident-form',
    );
    const tried = await hooks.tryOut('incident-form', { payload });
    expect(tried.events).toMatchObject([
      { pipeline_id: 'shop', incident_id: 'FORM-118', status: 'failure', timestamp: '2026-03-02T09:40:00.000Z' },
      { pipeline_id: 'shop', incident_id: 'FORM-118', status: 'success', timestamp: '2026-03-02T10:25:00.000Z' },
    ]);
    const headers = { 'x-form-signature': sign(payload, secret) };
    expect(await hooks.send('incident-form', payload, headers, null)).toMatchObject({ status: 200 });
    const query = '/dora/summary?pipeline=shop&from=2026-03-01&to=2026-03-08';
    const summary = (await (await app.request('GET', query)).json()) as Json;
    expect(summary).toMatchObject({ time_to_restore: { count: 1, open: 0, median: 2700 } });
  });
});

describe('a declaration', () => {
  it('is told all of its faults, by pointer', async () => {
    const body = aDeclaration({ each: '$.one' }, { status: { path: 'state', map: { DONE: 'done' } }, environment: '' });
    const problem = await problemOf(await app.request('PUT', '/hooks/wrong', { body }));
    expect(problem).toMatchObject({ status: 400, detail: 'The declaration is not valid' });
    expect(problem.pointers.toSorted()).toEqual([
      '/each',
      '/events/0/environment',
      '/events/0/status/map/DONE',
      '/events/0/status/path',
    ]);
    const tried = await app.request('POST', '/hooks/wrong/try', { body: { declaration: body, payload: {} } });
    expect((await problemOf(tried)).pointers).toContain('/declaration/each');
    expect((await app.request('GET', '/hooks/wrong')).status).toBe(404);
  });

  it('has a name that can stand in a path', async () => {
    for (const name of ['Desk', '-desk', 'desk_1', 'd'.repeat(101)]) {
      const answer = await app.request('PUT', `/hooks/${name}`, { body: aDeclaration() });
      expect(await problemOf(answer)).toMatchObject({ status: 400, pointers: ['/name'] });
    }
  });

  it('is answered as it was written, listed by name, replaced and removed', async () => {
    const name = await hooks.declared(aDeclaration({ description: 'first' }));
    const replaced = await app.request('PUT', `/hooks/${name}`, { body: aDeclaration({ description: 'second' }) });
    expect(replaced.status).toBe(200);
    const shown = (await (await app.request('GET', `/hooks/${name}`)).json()) as Json;
    expect(shown).toEqual(await replaced.json());
    expect(JSON.stringify(shown['declaration'])).toBe(JSON.stringify(aDeclaration({ description: 'second' })));
    expect(shown).toMatchObject({ created_by: 'admin', updated_by: 'admin' });
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await app.request('GET', `/hooks?limit=1${cursor && `&cursor=${cursor}`}`);
      const page = (await answer.json()) as { items: { name: string }[]; next: string | null };
      names.push(...page.items.map((hook) => hook.name));
      cursor = page.next;
    }
    expect(names).toContain(name);
    expect(names).toEqual(names.toSorted());
    expect((await app.request('DELETE', `/hooks/${name}`)).status).toBe(204);
    expect((await app.request('DELETE', `/hooks/${name}`)).status).toBe(404);
  });

  it('is for admins', async () => {
    const { token } = await aUser(app, 'editor');
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/x'],
      ['PUT', '/x'],
      ['DELETE', '/x'],
      ['POST', '/x/try'],
    ] as const) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : aDeclaration();
      expect((await app.request(method, `/hooks${path}`, { token, body })).status).toBe(403);
    }
  });
});

describe('a trial', () => {
  it('explains what is in the way, and stores and counts nothing', async () => {
    const counted = async () =>
      (await (await app.request('GET', '/metrics')).text()).match(/^devopstic_webhook.*$/gm) ?? [];
    const name = await hooks.declared(aDeclaration());
    const before = await counted();
    expect(await hooks.tryOut(name, { payload: aPayload({ state: 'PAUSED' }) })).toMatchObject({
      outcome: 'ignored',
      reason: 'not_mapped',
      findings: [
        {
          declared_at: '/events/0/status',
          pointer: '/state',
          detail: 'is "PAUSED", which map does not name: it has DONE, BROKEN (status)',
        },
      ],
    });
    expect(await hooks.tryOut(name, { payload: aPayload({ sha: null, at: 1772447400 }) })).toMatchObject({
      outcome: 'refused',
      reason: 'malformed',
      findings: [
        { declared_at: '/events/0/commit_id', pointer: '/sha' },
        { declared_at: '/events/0/timestamp', pointer: '/at' },
      ],
    });
    expect(await hooks.tryOut(name, { payload: aPayload({ at: '2999-01-01T00:00:00Z' }) })).toMatchObject({
      outcome: 'failed',
      reason: 'not_an_event',
      findings: [{ declared_at: '/events/0/timestamp', detail: 'must not be more than one day ahead' }],
    });
    expect(await hooks.deliveries(name)).toEqual([]);
    expect(await counted()).toEqual(before);
  });

  it('takes headers as a request has them, and needs a hook or a declaration', async () => {
    const declaration = aDeclaration({ delivery_id: { header: 'X-Id' }, when: [{ header: 'X-Kind', in: ['deploy'] }] });
    const headers = { 'X-ID': '7', 'x-kind': 'deploy' };
    const tried = await hooks.tryOut('nobody', { declaration, payload: aPayload(), headers });
    expect(tried).toMatchObject({ outcome: 'recorded', delivery_id: '7' });
    expect((await app.request('POST', '/hooks/nobody/try', { body: { payload: {} } })).status).toBe(404);
    const wrong = await app.request('POST', '/hooks/nobody/try', { body: { payload: [], header: {} } });
    expect((await problemOf(wrong)).pointers.toSorted()).toEqual(['/header', '/payload']);
  });
});
