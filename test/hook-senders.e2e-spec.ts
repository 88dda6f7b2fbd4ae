import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { startApp, type TestApp } from './support/app.js';
import { aDeclaration, aPayload, HookClient, sign } from './support/hooks.js';
import { aKey, problemOf } from './support/people.js';

const SECRET = 'a secret of sixteen letters and more';

let app: TestApp;
let key: string;
let hooks: HookClient;

beforeAll(async () => {
  app = await startApp();
  key = (await aKey(app)).secret;
  hooks = new HookClient(app, key);
});
afterAll(() => app.close());

/** A list is a header that comes several times, which `fetch` cannot send. */
function statusOf(name: string, payload: object, proof: string | string[]): Promise<number | undefined> {
  const headers = { 'content-type': 'application/json', 'x-proof': proof };
  return new Promise((resolve, reject) => {
    const sent = request(`${app.url}/hooks/${name}`, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    sent.on('error', reject).end(JSON.stringify(payload));
  });
}

describe('who sends', () => {
  it('shows an API key that may send events, if nothing else is declared', async () => {
    const name = await hooks.declared(aDeclaration());
    const reader = (await aKey(app, { scopes: ['metrics:read'] })).secret;
    const statuses = [null, 'dvo_nonsense', reader, key].map(
      async (token) => (await hooks.send(name, aPayload(), {}, token)).status,
    );
    expect(await Promise.all(statuses)).toEqual([401, 401, 403, 200]);
    const unproven = await app.request('POST', `/hooks/${name}`, { body: aPayload(), token: null });
    expect(unproven.headers.get('www-authenticate')).toBe('Bearer realm="devopstic", Basic realm="devopstic"');
    const authorization = `Basic ${Buffer.from(`any:${key}`).toString('base64')}`;
    expect(await hooks.send(name, aPayload(), { authorization }, null)).toMatchObject({ status: 200 });
  });

  it('tells of no other pipelines than the key is limited to', async () => {
    const name = await hooks.declared(aDeclaration());
    const { secret } = await aKey(app, { pipelines: ['mine'] });
    expect(await hooks.send(name, aPayload({ app: 'mine' }), {}, secret)).toMatchObject({ status: 200 });
    expect(await hooks.send(name, aPayload({ app: 'yours' }), {}, secret)).toMatchObject({
      status: 403,
      body: { errors: [{ pointer: '/pipeline_id' }] },
    });
  });

  it('has ids of its own by a limited key, which can neither take nor forge those of others', async () => {
    const name = await hooks.declared(aDeclaration({ delivery_id: { path: '$.run' } }));
    const { secret } = await aKey(app, { pipelines: ['mine'] });
    const [theirs, run] = [aPayload({ run: 'run-1' }), { run: 'run-2' }];
    expect(await hooks.send(name, aPayload({ ...run, app: 'mine' }), {}, secret)).toMatchObject({ status: 200 });
    expect(await hooks.send(name, { ...theirs, sha: 'forged' }, {}, secret)).toMatchObject({ status: 403 });
    for (const payload of [theirs, { ...theirs, ...run, sha: 'c2' }]) {
      expect(await hooks.send(name, payload)).toMatchObject({ status: 200, body: { outcome: 'recorded' } });
    }
    await hooks.replay(name);
    const { app: pipeline } = theirs as { app: string };
    expect((await hooks.events(pipeline)).map(({ commit_id }) => commit_id).toSorted()).toEqual(['c1', 'c2']);
  });

  it('tells of no other pipelines than the key is limited to by a replay, either', async () => {
    const name = await hooks.declared(aDeclaration());
    const { secret } = await aKey(app, { pipelines: ['mine'] });
    const [yours, mine] = [aPayload({ state: 'FINE' }), aPayload({ app: 'mine', state: 'FINE', sha: randomUUID() })];
    for (const payload of [yours, mine]) {
      expect(await hooks.send(name, payload, {}, secret)).toMatchObject({ body: { reason: 'not_mapped' } });
    }
    await hooks.declared(aDeclaration({}, { status: { path: '$.state', map: { FINE: 'success' } } }), name);
    expect(await hooks.replay(name)).toMatchObject({ outcomes: { refused: 1, recorded: 1 }, pipelines: ['mine'] });
    expect(await hooks.deliveries(name)).toMatchObject([{ outcome: 'recorded' }, { reason: 'other_pipelines' }]);
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
      const name = await hooks.declared(
        aDeclaration({ signature: { ...scheme, header: 'X-Proof', secrets: [SECRET] } }),
      );
      const payload = aPayload();
      const wrong = [undefined, '', SECRET, proofOf(payload, `${SECRET}r`), proofOf(aPayload(), 'not the secret')];
      for (const proof of wrong) {
        const headers: Record<string, string> = proof === undefined ? {} : { 'X-Proof': proof };
        expect([scheme, proof, (await hooks.send(name, payload, headers)).status]).toEqual([scheme, proof, 401]);
      }
      expect(await hooks.send(name, payload, { 'X-Proof': proofOf(payload, SECRET) }, null)).toMatchObject({
        status: 200,
      });
      const [kept] = await hooks.deliveries(name);
      expect(JSON.stringify(kept)).not.toContain(SECRET);
    }
  });

  it.each([
    ['v1=', 'hex'],
    ['v1,', 'base64'],
    ['', 'hex'],
  ] as const)('may show several signatures behind %j, or the header several times', async (prefix, encoding) => {
    const signature = { kind: 'hmac', header: 'X-Proof', prefix, encoding, secrets: [SECRET] };
    const name = await hooks.declared(aDeclaration({ signature }));
    const payload = aPayload();
    const [right, wrong] = [SECRET, 'not the secret'].map(
      (secret) => prefix + Buffer.from(sign(payload, secret), 'hex').toString(encoding),
    ) as [string, string];
    for (const proof of [
      `${wrong},${right}`,
      `${right}, ${wrong}`,
      `${wrong} ${right}`,
      [right, wrong],
      [wrong, right],
    ]) {
      expect([proof, await statusOf(name, payload, proof)]).toEqual([proof, 200]);
    }
    for (const proof of [`${right}0`, `${wrong},${right}0`, [wrong, wrong], `${`${wrong},`.repeat(4)}${right}`]) {
      expect([proof, await statusOf(name, payload, proof)]).toEqual([proof, 401]);
    }
  });

  it('has secrets that are never answered, and stay until others are given', async () => {
    const signature = { kind: 'token', header: 'X-Proof' };
    const without = await app.request('PUT', '/hooks/quiet', { body: aDeclaration({ signature }) });
    expect(await problemOf(without)).toMatchObject({ status: 400, pointers: ['/signature/secrets'] });
    await hooks.declared(aDeclaration({ signature: { ...signature, secrets: [SECRET] } }), 'quiet');
    const shown = (await (await app.request('GET', '/hooks/quiet')).json()) as { declaration: object };
    const again = await app.request('PUT', '/hooks/quiet', { body: shown.declaration });
    const texts = [JSON.stringify(shown), await again.text(), await (await app.request('GET', '/hooks')).text()];
    expect(texts.join('')).not.toContain(SECRET);
    expect(await hooks.send('quiet', aPayload(), { 'X-Proof': SECRET }, null)).toMatchObject({ status: 200 });
    await hooks.declared(aDeclaration({ signature: { ...signature, secrets: ['another one, as long'] } }), 'quiet');
    expect(await hooks.send('quiet', aPayload(), { 'X-Proof': SECRET }, null)).toMatchObject({ status: 401 });
    await hooks.declared(aDeclaration(), 'quiet');
    expect(await hooks.send('quiet', aPayload())).toMatchObject({ status: 200 });
    const bare = await app.request('PUT', '/hooks/quiet', { body: aDeclaration({ signature }) });
    expect((await problemOf(bare)).pointers).toEqual(['/signature/secrets']);
  });
});
