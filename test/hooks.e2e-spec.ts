import { createHmac, randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { blocks, readDocument, section } from './support/documents.js';
import { aKey, aUser, problemOf } from './support/people.js';

const DOC = readDocument('doc/sources/hooks.md');
const SECRET = 'a secret of sixteen letters and more';

let app: TestApp;
let key: string;

beforeAll(async () => {
  app = await startApp();
  key = (await aKey(app)).secret;
});
afterAll(() => app.close());

type Json = Record<string, unknown>;

interface Trial {
  outcome: string;
  reason: string | null;
  delivery_id: string | null;
  events: Json[];
  findings: { declared_at: string; pointer: string; detail: string }[];
}

/** A hook of its own, for a test that must not see the others'. */
async function declared(declaration: object, name = `hook-${randomUUID()}`): Promise<string> {
  const answer = await app.request('PUT', `/hooks/${name}`, { body: declaration });
  expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([expect.any(Number), '']);
  return name;
}

async function tryOut(name: string, body: object): Promise<Trial> {
  return (await (await app.request('POST', `/hooks/${name}/try`, { body })).json()) as Trial;
}

async function send(name: string, payload: object, headers: Record<string, string> = {}, token: string | null = key) {
  const answer = await app.request('POST', `/hooks/${name}`, { body: payload, headers, token });
  return { status: answer.status, body: (await answer.json()) as Json };
}

function sign(payload: object, secret: string): string {
  return createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex');
}

async function deliveries(name: string): Promise<Json[]> {
  const answer = await app.request('GET', `/webhook-deliveries?source=hooks/${name}`);
  return ((await answer.json()) as { items: Json[] }).items;
}

/** A deployment to production, at a pipeline of the hook's own. */
function aDeclaration(changed: object = {}, event: object = {}): object {
  const deploy = {
    type: 'deploy',
    pipeline_id: { path: '$.app' },
    environment: 'production',
    status: { path: '$.state', map: { DONE: 'success', BROKEN: 'failure' } },
    commit_id: { path: '$.sha' },
    timestamp: { path: '$.at' },
  };
  return { events: [{ ...deploy, ...event }], ...changed };
}

function aPayload(changed: object = {}): object {
  return { app: `app-${randomUUID()}`, state: 'DONE', sha: 'c1', at: '2026-03-02T10:30:00Z', ...changed };
}

describe('the examples of doc/sources/hooks.md', () => {
  const exampleOf = (heading: string) =>
    blocks(section(DOC, heading), 'json').map((block) => JSON.parse(block) as Json) as [Json, Json];

  it('lead a deploy tool from trial to metric', async () => {
    const [payload, declaration] = exampleOf('## A deploy tool');
    const tried = await tryOut('spinnaker', { declaration, payload });
    expect(tried).toMatchObject({ outcome: 'recorded', reason: null, findings: [] });
    expect(tried.delivery_id).toBe('01F5KC59TRGWKCP31C4N51CDSB/orca:pipeline:failed');
    expect(await deliveries('spinnaker')).toEqual([]);
    await declared(declaration, 'spinnaker');
    const sent = await send('spinnaker', payload);
    expect(sent).toMatchObject({ status: 200, body: { outcome: 'recorded', reason: null } });
    expect(sent.body['event_ids']).toEqual(tried.events.map(({ id }) => id));
    const [event] = ((await (await app.request('GET', '/events?pipeline=shop')).json()) as { items: Json[] }).items;
    expect({ ...event, received_at: null }).toEqual({ ...tried.events[0], received_at: null });
    const other = await send('spinnaker', { ...payload, details: { type: 'orca:task:complete' } });
    expect(other).toMatchObject({ status: 202, body: { outcome: 'ignored', reason: 'not_wanted' } });
    const query = '/dora/summary?pipeline=shop&from=2026-03-01&to=2026-03-08';
    const summary = (await (await app.request('GET', query)).json()) as Json;
    expect(summary).toMatchObject({ change_failure_rate: { deployments: 1, failed: 1, rate: 1 } });
  });

  it('lead a form for incidents from trial to metric', async () => {
    const [payload, declaration] = exampleOf('## A form for incidents');
    const secret = 'what openssl rand made up';
    await declared(
      { ...declaration, signature: { ...(declaration['signature'] as Json), secrets: [secret] } },
      'incident-form',
    );
    const tried = await tryOut('incident-form', { payload });
    expect(tried.events).toMatchObject([
      { pipeline_id: 'shop', incident_id: 'FORM-118', status: 'failure', timestamp: '2026-03-02T09:40:00.000Z' },
      { pipeline_id: 'shop', incident_id: 'FORM-118', status: 'success', timestamp: '2026-03-02T10:25:00.000Z' },
    ]);
    const headers = { 'x-form-signature': sign(payload, secret) };
    expect(await send('incident-form', payload, headers, null)).toMatchObject({ status: 200 });
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
    const name = await declared(aDeclaration({ description: 'first' }));
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
    const name = await declared(aDeclaration());
    const before = await counted();
    expect(await tryOut(name, { payload: aPayload({ state: 'PAUSED' }) })).toMatchObject({
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
    expect(await tryOut(name, { payload: aPayload({ sha: null, at: 1772447400 }) })).toMatchObject({
      outcome: 'refused',
      reason: 'malformed',
      findings: [
        { declared_at: '/events/0/commit_id', pointer: '/sha' },
        { declared_at: '/events/0/timestamp', pointer: '/at' },
      ],
    });
    expect(await tryOut(name, { payload: aPayload({ at: '2999-01-01T00:00:00Z' }) })).toMatchObject({
      outcome: 'failed',
      reason: 'not_an_event',
      findings: [{ declared_at: '/events/0/timestamp', detail: 'must not be more than one day ahead' }],
    });
    expect(await deliveries(name)).toEqual([]);
    expect(await counted()).toEqual(before);
  });

  it('takes headers as a request has them, and needs a hook or a declaration', async () => {
    const declaration = aDeclaration({ delivery_id: { header: 'X-Id' }, when: [{ header: 'X-Kind', in: ['deploy'] }] });
    const headers = { 'X-ID': '7', 'x-kind': 'deploy' };
    const tried = await tryOut('nobody', { declaration, payload: aPayload(), headers });
    expect(tried).toMatchObject({ outcome: 'recorded', delivery_id: '7' });
    expect((await app.request('POST', '/hooks/nobody/try', { body: { payload: {} } })).status).toBe(404);
    const wrong = await app.request('POST', '/hooks/nobody/try', { body: { payload: [], header: {} } });
    expect((await problemOf(wrong)).pointers.toSorted()).toEqual(['/header', '/payload']);
  });
});

describe('who sends', () => {
  it('shows an API key that may send events, if nothing else is declared', async () => {
    const name = await declared(aDeclaration());
    const reader = (await aKey(app, { scopes: ['metrics:read'] })).secret;
    const statuses = [null, 'dvo_nonsense', reader, key].map(
      async (token) => (await send(name, aPayload(), {}, token)).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 401, 403, 200]);
    const authorization = `Basic ${Buffer.from(`any:${key}`).toString('base64')}`;
    expect(await send(name, aPayload(), { authorization }, null)).toMatchObject({ status: 200 });
  });

  it('tells of no other pipelines than the key is limited to', async () => {
    const name = await declared(aDeclaration());
    const { secret } = await aKey(app, { pipelines: ['mine'] });
    expect(await send(name, aPayload({ app: 'mine' }), {}, secret)).toMatchObject({ status: 200 });
    expect(await send(name, aPayload({ app: 'yours' }), {}, secret)).toMatchObject({
      status: 403,
      body: { errors: [{ pointer: '/pipeline_id' }] },
    });
  });

  it('has ids of its own by a limited key, which can neither take nor forge those of others', async () => {
    const name = await declared(aDeclaration({ delivery_id: { path: '$.run' } }));
    const { secret } = await aKey(app, { pipelines: ['mine'] });
    const [theirs, run] = [aPayload({ run: 'run-1' }), { run: 'run-2' }];
    expect(await send(name, aPayload({ ...run, app: 'mine' }), {}, secret)).toMatchObject({ status: 200 });
    expect(await send(name, { ...theirs, sha: 'forged' }, {}, secret)).toMatchObject({ status: 403 });
    for (const payload of [theirs, { ...theirs, ...run, sha: 'c2' }]) {
      expect(await send(name, payload)).toMatchObject({ status: 200, body: { outcome: 'recorded' } });
    }
    await app.request('POST', '/webhook-deliveries/replay', { body: { source: `hooks/${name}` } });
    const { app: pipeline } = theirs as { app: string };
    const { items } = (await (await app.request('GET', `/events?pipeline=${pipeline}`)).json()) as { items: Json[] };
    expect(items.map(({ commit_id }) => commit_id).toSorted()).toEqual(['c1', 'c2']);
  });

  it('tells of no other pipelines than the key is limited to by a replay, either', async () => {
    const name = await declared(aDeclaration());
    const { secret } = await aKey(app, { pipelines: ['mine'] });
    const [yours, mine] = [aPayload({ state: 'FINE' }), aPayload({ app: 'mine', state: 'FINE', sha: randomUUID() })];
    for (const payload of [yours, mine]) {
      expect(await send(name, payload, {}, secret)).toMatchObject({ body: { reason: 'not_mapped' } });
    }
    await declared(aDeclaration({}, { status: { path: '$.state', map: { FINE: 'success' } } }), name);
    const body = { source: `hooks/${name}` };
    const replayed = await app.request('POST', '/webhook-deliveries/replay', { body });
    expect(await replayed.json()).toMatchObject({ outcomes: { refused: 1, recorded: 1 }, pipelines: ['mine'] });
    expect(await deliveries(name)).toMatchObject([{ outcome: 'recorded' }, { reason: 'other_pipelines' }]);
  });

  it('signs as declared, whatever key it shows', async () => {
    const schemes: [object, (payload: object, secret: string) => string][] = [
      [{ kind: 'hmac', prefix: 'sha256=' }, (payload, secret) => `sha256=${sign(payload, secret)}`],
      [
        { kind: 'hmac', encoding: 'base64' },
        (payload, secret) => Buffer.from(sign(payload, secret), 'hex').toString('base64'),
      ],
      [{ kind: 'token', prefix: 'Token ' }, (_, secret) => `Token ${secret}`],
    ];
    for (const [scheme, proofOf] of schemes) {
      const name = await declared(aDeclaration({ signature: { ...scheme, header: 'X-Proof', secrets: [SECRET] } }));
      const payload = aPayload();
      const wrong = [undefined, '', SECRET, proofOf(payload, `${SECRET}r`), proofOf(aPayload(), 'not the secret')];
      for (const proof of wrong) {
        const headers: Record<string, string> = proof === undefined ? {} : { 'X-Proof': proof };
        expect([scheme, proof, (await send(name, payload, headers)).status]).toEqual([scheme, proof, 401]);
      }
      expect(await send(name, payload, { 'X-Proof': proofOf(payload, SECRET) }, null)).toMatchObject({ status: 200 });
      const [kept] = await deliveries(name);
      expect(JSON.stringify(kept)).not.toContain(SECRET);
    }
  });

  it('has secrets that are never answered, and stay until others are given', async () => {
    const signature = { kind: 'token', header: 'X-Proof' };
    const without = await app.request('PUT', '/hooks/quiet', { body: aDeclaration({ signature }) });
    expect(await problemOf(without)).toMatchObject({ status: 400, pointers: ['/signature/secrets'] });
    await declared(aDeclaration({ signature: { ...signature, secrets: [SECRET] } }), 'quiet');
    const shown = (await (await app.request('GET', '/hooks/quiet')).json()) as { declaration: object };
    const again = await app.request('PUT', '/hooks/quiet', { body: shown.declaration });
    const texts = [JSON.stringify(shown), await again.text(), await (await app.request('GET', '/hooks')).text()];
    expect(texts.join('')).not.toContain(SECRET);
    expect(await send('quiet', aPayload(), { 'X-Proof': SECRET }, null)).toMatchObject({ status: 200 });
    await declared(aDeclaration({ signature: { ...signature, secrets: ['another one, as long'] } }), 'quiet');
    expect(await send('quiet', aPayload(), { 'X-Proof': SECRET }, null)).toMatchObject({ status: 401 });
    await declared(aDeclaration(), 'quiet');
    expect(await send('quiet', aPayload())).toMatchObject({ status: 200 });
    const bare = await app.request('PUT', '/hooks/quiet', { body: aDeclaration({ signature }) });
    expect((await problemOf(bare)).pointers).toEqual(['/signature/secrets']);
  });
});

describe('a delivery', () => {
  it('is kept once, by the id that is declared', async () => {
    const name = await declared(aDeclaration({ delivery_id: { header: 'X-Delivery' } }));
    const payload = aPayload();
    const first = await send(name, payload, { 'X-Delivery': 'd1' });
    expect(await send(name, { ...payload, resent: true }, { 'X-Delivery': 'd1' })).toEqual(first);
    await send(name, payload);
    await send(name, payload);
    const kept = await deliveries(name);
    expect(kept).toHaveLength(2);
    expect(kept).toContainEqual(
      expect.objectContaining({
        delivery_id: 'd1',
        attempts: 1,
        headers: expect.objectContaining({ 'x-delivery': 'd1' }),
      }),
    );
  });

  it('is refused where it lacks what its event must have, and says where', async () => {
    const name = await declared(aDeclaration());
    expect(await send(name, aPayload({ sha: undefined }))).toMatchObject({
      status: 400,
      body: {
        detail: 'The payload is malformed',
        errors: [
          {
            pointer: '/sha',
            detail: '$.sha finds nothing: the payload has app, state, at; it must give the commit_id',
          },
        ],
      },
    });
    const list = await send(name, [aPayload()]);
    expect(list).toMatchObject({ status: 400, body: { errors: [{ detail: 'must be a JSON object' }] } });
    const large = await send(name, aPayload({ text: 'x'.repeat(1_048_577) }));
    expect(large.status).toBe(413);
  });

  it('is read by the declaration in force when it is replayed', async () => {
    const name = await declared(aDeclaration());
    const payload = aPayload({ state: 'FINE' });
    expect(await send(name, payload)).toMatchObject({
      status: 202,
      body: { outcome: 'ignored', reason: 'not_mapped' },
    });
    await declared(aDeclaration({}, { status: { path: '$.state', map: { FINE: 'success' } } }), name);
    const [kept] = await deliveries(name);
    const replay = () => app.request('POST', `/webhook-deliveries/${kept?.['id'] as string}/replay`);
    const replayed = await replay();
    expect(replayed.status).toBe(200);
    expect(await replayed.json()).toMatchObject({ outcome: 'recorded', attempts: 2, event_ids: [expect.any(String)] });
    await app.request('DELETE', `/hooks/${name}`);
    expect((await send(name, payload)).status).toBe(404);
    expect((await replay()).status).toBe(409);
    expect(await deliveries(name)).toMatchObject([{ outcome: 'recorded' }]);
  });

  it('that is replayed says so where an event of the same id is stored with other content', async () => {
    const telling = (environment: string, other: string): object => {
      const { events } = aDeclaration() as { events: object[] };
      const told = [
        { id: { path: '$.run' }, environment },
        { deployment_id: { path: '$.run' }, environment: other },
      ];
      return { events: told.flatMap((one) => events.map((event) => ({ ...event, ...one }))) };
    };
    const name = await declared(telling('production', 'eu'));
    const payload = aPayload({ app: name, run: `run-${randomUUID()}` });
    await send(name, payload);
    const replay = async (dry_run = false): Promise<Json> => {
      const body = { source: `hooks/${name}`, dry_run };
      return (await (await app.request('POST', '/webhook-deliveries/replay', { body })).json()) as Json;
    };
    const environments = async (): Promise<unknown[]> => {
      const { items } = (await (await app.request('GET', `/events?pipeline=${name}`)).json()) as { items: Json[] };
      return items.map(({ environment }) => environment).toSorted();
    };
    await declared(telling('staging', 'us'), name);
    expect(await replay(true)).toMatchObject({ outcomes: { failed: 1 }, events: { added: 1, withdrawn: 1 } });
    expect(await replay()).toMatchObject({ outcomes: { failed: 1 } });
    const error = expect.stringContaining('another event has the id run-') as string;
    expect(await deliveries(name)).toMatchObject([{ outcome: 'recorded', error }]);
    expect(await environments()).toEqual(['production', 'us']);
    await declared(telling('production', 'eu'), name);
    expect(await replay()).toMatchObject({ outcomes: { recorded: 1 }, events: { added: 1, withdrawn: 1 } });
    expect(await environments()).toEqual(['eu', 'production']);
  });

  it('is counted by its hook, and one to no hook by nothing', async () => {
    const name = await declared(aDeclaration());
    await send(name, aPayload());
    await send(name, aPayload(), {}, null);
    expect((await send('no-such-hook', aPayload())).status).toBe(404);
    expect((await send('No_Such', aPayload())).status).toBe(404);
    const metrics = await (await app.request('GET', '/metrics')).text();
    expect(metrics).toContain(`devopstic_webhook_deliveries_total{source="hooks/${name}",outcome="recorded"} 1`);
    expect(metrics).toContain(`devopstic_webhook_deliveries_total{source="hooks/${name}",outcome="refused"} 1`);
    expect(metrics).not.toMatch(/no-such-hook|No_Such/);
  });
});
