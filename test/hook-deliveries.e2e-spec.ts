import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { aDeclaration, aPayload, HookClient } from './support/hooks.js';
import { aKey } from './support/people.js';

let app: TestApp;
let hooks: HookClient;

beforeAll(async () => {
  app = await startApp();
  hooks = new HookClient(app, (await aKey(app)).secret);
});
afterAll(() => app.close());

describe('a delivery', () => {
  it('is kept once, by the id that is declared', async () => {
    const name = await hooks.declared(aDeclaration({ delivery_id: { header: 'X-Delivery' } }));
    const payload = aPayload();
    const first = await hooks.send(name, payload, { 'X-Delivery': 'd1' });
    expect(await hooks.send(name, { ...payload, resent: true }, { 'X-Delivery': 'd1' })).toEqual(first);
    await hooks.send(name, payload);
    await hooks.send(name, payload);
    const kept = await hooks.deliveries(name);
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
    const name = await hooks.declared(aDeclaration());
    expect(await hooks.send(name, aPayload({ sha: undefined }))).toMatchObject({
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
    const list = await hooks.send(name, [aPayload()]);
    expect(list).toMatchObject({ status: 400, body: { errors: [{ detail: 'must be a JSON object' }] } });
    const large = await hooks.send(name, aPayload({ text: 'x'.repeat(1_048_577) }));
    expect(large.status).toBe(413);
  });

  it('is read by the declaration in force when it is replayed', async () => {
    const name = await hooks.declared(aDeclaration());
    const payload = aPayload({ state: 'FINE' });
    expect(await hooks.send(name, payload)).toMatchObject({
      status: 202,
      body: { outcome: 'ignored', reason: 'not_mapped' },
    });
    await hooks.declared(aDeclaration({}, { status: { path: '$.state', map: { FINE: 'success' } } }), name);
    const [kept] = await hooks.deliveries(name);
    const replay = () => app.request('POST', `/webhook-deliveries/${kept?.['id'] as string}/replay`);
    const replayed = await replay();
    expect(replayed.status).toBe(200);
    expect(await replayed.json()).toMatchObject({ outcome: 'recorded', attempts: 2, event_ids: [expect.any(String)] });
    await app.request('DELETE', `/hooks/${name}`);
    expect((await hooks.send(name, payload)).status).toBe(404);
    expect((await replay()).status).toBe(409);
    expect(await hooks.deliveries(name)).toMatchObject([{ outcome: 'recorded' }]);
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
    const name = await hooks.declared(telling('production', 'eu'));
    const payload = aPayload({ app: name, run: `run-${randomUUID()}` });
    await hooks.send(name, payload);
    const environments = async (): Promise<unknown[]> =>
      (await hooks.events(name)).map(({ environment }) => environment).toSorted();
    await hooks.declared(telling('staging', 'us'), name);
    const failed = { outcomes: { failed: 1 }, events: { added: 1, withdrawn: 0 } };
    expect(await hooks.replay(name, true)).toMatchObject(failed);
    expect(await hooks.replay(name)).toMatchObject(failed);
    const error = expect.stringContaining('another event has the id run-') as string;
    expect(await hooks.deliveries(name)).toMatchObject([{ outcome: 'recorded', error }]);
    expect(await environments()).toEqual(['eu', 'production', 'us']);
    await hooks.declared(telling('production', 'eu'), name);
    expect(await hooks.replay(name)).toMatchObject({ outcomes: { recorded: 1 }, events: { added: 0, withdrawn: 1 } });
    expect(await environments()).toEqual(['eu', 'production']);
  });

  it('is counted by its hook, and one to no hook by nothing', async () => {
    const name = await hooks.declared(aDeclaration());
    await hooks.send(name, aPayload());
    await hooks.send(name, aPayload(), {}, null);
    expect((await hooks.send('no-such-hook', aPayload())).status).toBe(404);
    expect((await hooks.send('No_Such', aPayload())).status).toBe(404);
    const metrics = await (await app.request('GET', '/metrics')).text();
    expect(metrics).toContain(`devopstic_webhook_deliveries_total{source="hooks/${name}",outcome="recorded"} 1`);
    expect(metrics).toContain(`devopstic_webhook_deliveries_total{source="hooks/${name}",outcome="refused"} 1`);
    expect(metrics).not.toMatch(/no-such-hook|No_Such/);
  });
});

describe('a hook whose saved declaration cannot be read any more', () => {
  const spoil = (name: string, path: string) =>
    app.dataSource.query(
      `UPDATE devopstic.hooks SET declaration = jsonb_set(declaration::jsonb, $2, '"none"')::json WHERE name = $1`,
      [name, path],
    );
  const listed = async (name: string): Promise<unknown> => {
    const answer = await app.request('GET', '/webhook-sources');
    const { items } = (await answer.json()) as { items: { source: string }[] };
    return items.find(({ source }) => source === `hooks/${name}`);
  };

  it('is listed with what is wrong, and keeps what comes until it is declared anew', async () => {
    const name = `hook-${randomUUID()}`;
    await hooks.declared(aDeclaration({}, { type: 'deploy' }), name);
    await spoil(name, '{events,0,type}');
    const fault = expect.stringMatching(/^The hook \S+ has to be declared anew: \/events\/0\/type /) as string;
    const payload = aPayload();
    const kept = { status: 202, body: { outcome: 'failed', reason: 'unreadable' } };
    expect(await hooks.send(name, payload)).toMatchObject(kept);
    expect(await hooks.send(name, payload, {}, null)).toMatchObject({ status: 401 });
    const last = { outcome: 'failed', error: expect.stringContaining('/events/0/type') as string };
    expect(await listed(name)).toMatchObject({ enabled: true, fault, last_delivery: last, last_failure: last });
    const tried = await app.request('POST', `/hooks/${name}/try`, { body: { payload } });
    expect([tried.status, await tried.json()]).toMatchObject([409, { detail: fault }]);
    expect(await hooks.replay(name)).toMatchObject({ outcomes: { failed: 1 } });
    await hooks.declared(aDeclaration(), name);
    expect(await listed(name)).toMatchObject({ fault: null });
    expect(await hooks.replay(name)).toMatchObject({ outcomes: { recorded: 1 }, events: { added: 1 } });
  });

  it('lets nobody in if that is how it is signed', async () => {
    const name = `hook-${randomUUID()}`;
    const signature = { kind: 'token', header: 'X-Proof', secrets: ['a secret of sixteen letters'] };
    await hooks.declared(aDeclaration({ signature }), name);
    await spoil(name, '{signature,kind}');
    const proof = { 'X-Proof': 'a secret of sixteen letters' };
    expect(await hooks.send(name, aPayload(), proof)).toMatchObject({ status: 404 });
    expect(await listed(name)).toMatchObject({ enabled: false, proof: 'signature' });
  });
});
