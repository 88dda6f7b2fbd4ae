import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, type Key, type Person, problemOf } from './support/people.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

interface Shown {
  id: string;
  owner_id: string | null;
  created_by: string;
  revoked_at: string | null;
}
const NOBODY = '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11';

const keyOf = async (token: string, scopes = ['metrics:read']): Promise<Key> => {
  const answer = await app.request('POST', '/api-keys', { token, body: { name: 'job', scopes } });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Key;
};
const shown = async ({ id }: Key): Promise<Shown | undefined> => {
  const { items } = (await (await app.request('GET', '/api-keys?limit=1000')).json()) as { items: Shown[] };
  return items.find((key) => key.id === id);
};
const statusOf = async ({ secret }: Key): Promise<number> =>
  (await app.request('GET', '/pipelines', { token: secret })).status;
const disown = ({ id }: Key) =>
  app.dataSource.query('UPDATE devopstic.api_keys SET owner_id = NULL WHERE id = $1', [id]);

describe('a key belongs to', () => {
  it('the user who created it', async () => {
    const ada = await aUser(app, 'admin');
    expect(await shown(await keyOf(ada.token))).toMatchObject({ owner_id: ada.id, created_by: ada.username });
  });

  it('the owner of the key that created it, and to nobody if that key does', async () => {
    const ada = await aUser(app, 'admin');
    const maker = await keyOf(ada.token, ['admin']);
    expect(await shown(await keyOf(maker.secret))).toMatchObject({ owner_id: ada.id, created_by: 'job' });
    await disown(maker);
    expect(await shown(await keyOf(maker.secret))).toMatchObject({ owner_id: null });
  });

  it('whom it is given to, if that user is enabled', async () => {
    const [ada, bob] = [await aUser(app, 'admin'), await aUser(app)];
    const key = await keyOf(ada.token);
    await disown(key);
    const give = (owner_id: unknown, id = key.id) => app.request('PATCH', `/api-keys/${id}`, { body: { owner_id } });
    expect(await (await give(bob.id)).json()).toMatchObject({ id: key.id, owner_id: bob.id, created_by: ada.username });
    expect((await problemOf(await give(bob.id, NOBODY))).status).toBe(404);
    await app.request('PATCH', `/users/${ada.id}`, { body: { disabled: true } });
    for (const nobody of [NOBODY, ada.id, 'ada', null]) {
      expect(await problemOf(await give(nobody))).toMatchObject({ status: 400, pointers: ['/owner_id'] });
    }
    await app.request('DELETE', `/api-keys/${key.id}`);
    expect((await problemOf(await give(bob.id))).status).toBe(409);
  });
});

const ways: [string, (person: Person, keys_to?: string) => Promise<Response>][] = [
  [
    'disabled',
    ({ id }, keys_to) =>
      app.request('PATCH', `/users/${id}`, { body: { disabled: true, ...(keys_to && { keys_to }) } }),
  ],
  ['removed', ({ id }, keys_to) => app.request('DELETE', `/users/${id}${keys_to ? `?keys_to=${keys_to}` : ''}`)],
];

describe.each(ways)('the keys of a user who is %s', (way, end) => {
  it('end in the same call, which lists them, and nobody else’s do', async () => {
    const [ada, bob] = [await aUser(app, 'admin'), await aUser(app, 'admin')];
    const maker = await keyOf(ada.token, ['admin']);
    const [made, revoked, others] = [await keyOf(maker.secret), await keyOf(ada.token), await keyOf(bob.token)];
    await app.request('DELETE', `/api-keys/${revoked.id}`);
    const before = await shown(revoked);
    expect([await statusOf(maker), await statusOf(made), await statusOf(others)]).toEqual([200, 200, 200]);
    const answer = await end(ada);
    expect(answer.status).toBe(200);
    const { keys } = (await answer.json()) as { keys: Shown[] };
    expect(keys.map(({ id, revoked_at }) => [id, typeof revoked_at])).toEqual([
      [maker.id, 'string'],
      [made.id, 'string'],
    ]);
    expect(JSON.stringify(keys)).not.toMatch(/hash|secret/);
    expect([await statusOf(maker), await statusOf(made), await statusOf(others)]).toEqual([401, 401, 200]);
    expect(await shown(revoked)).toEqual(before);
  });

  it('go on if they are handed to another', async () => {
    const [ada, bob] = [await aUser(app, 'admin'), await aUser(app)];
    const key = await keyOf(ada.token);
    const { keys } = (await (await end(ada, bob.id)).json()) as { keys: Shown[] };
    expect(keys).toMatchObject([{ id: key.id, owner_id: bob.id, revoked_at: null, created_by: ada.username }]);
    expect(await statusOf(key)).toBe(200);
    const later = (await (await app.request('DELETE', `/users/${bob.id}`)).json()) as { keys: Shown[] };
    expect(later.keys.map(({ id }) => id)).toEqual([key.id]);
    expect(await statusOf(key)).toBe(401);
  });

  it('go to nobody who is unknown, disabled or the same, and then nothing is done', async () => {
    const [ada, gone] = [await aUser(app, 'admin'), await aUser(app)];
    const key = await keyOf(ada.token);
    await app.request('PATCH', `/users/${gone.id}`, { body: { disabled: true } });
    for (const nobody of [NOBODY, gone.id, ada.id, 'bob']) {
      expect(await problemOf(await end(ada, nobody))).toMatchObject({ status: 400, pointers: ['/keys_to'] });
    }
    expect(await statusOf(key)).toBe(200);
    expect((await app.request('GET', '/users/me', { token: ada.token })).status).toBe(200);
  });

  it('cannot be made by a token that another replica has not yet seen to end', async () => {
    const ada = await aUser(app, 'admin');
    const maker = await keyOf(ada.token, ['admin']);
    for (const token of [ada.token, maker.secret]) await app.request('GET', '/users', { token });
    // What another replica did: this one remembers both for three seconds.
    await app.dataSource.query('UPDATE devopstic.api_keys SET revoked_at = now() WHERE owner_id = $1', [ada.id]);
    const sql =
      way === 'disabled'
        ? 'UPDATE devopstic.users SET disabled = true WHERE id = $1'
        : 'DELETE FROM devopstic.users WHERE id = $1';
    await app.dataSource.query(sql, [ada.id]);
    for (const token of [ada.token, maker.secret]) {
      const answer = await app.request('POST', '/api-keys', { token, body: { name: 'late', scopes: ['admin'] } });
      expect((await problemOf(answer)).status).toBe(401);
    }
  });
});

describe('disabling a user', () => {
  it('whose keys are made at the same moment leaves none', async () => {
    const ada = await aUser(app, 'admin');
    const maker = await keyOf(ada.token, ['admin']);
    const makers = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? ada.token : maker.secret));
    const making = makers.map((token) =>
      app.request('POST', '/api-keys', { token, body: { name: 'late', scopes: ['metrics:read'] } }),
    );
    const answers = [...making, app.request('PATCH', `/users/${ada.id}`, { body: { disabled: true } })];
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => ![200, 201, 401].includes(status))).toEqual([]);
    const living = await app.dataSource.query<unknown[]>(
      'SELECT id FROM devopstic.api_keys WHERE owner_id = $1 AND revoked_at IS NULL',
      [ada.id],
    );
    expect(living).toEqual([]);
  });

  it('ends keys for good: enabling brings none back', async () => {
    const ada = await aUser(app, 'admin');
    const key = await keyOf(ada.token);
    const disabled = await app.request('PATCH', `/users/${ada.id}`, { body: { disabled: true } });
    expect(await disabled.json()).toMatchObject({ disabled: true, keys: [{ id: key.id }] });
    const enabled = (await (await app.request('PATCH', `/users/${ada.id}`, { body: { disabled: false } })).json()) as {
      keys?: unknown;
    };
    expect(enabled).not.toHaveProperty('keys');
    expect(await statusOf(key)).toBe(401);
  });

  it('leaves the keys of the last enabled admin, who cannot be disabled', async () => {
    const key = await aKey(app, { scopes: ['metrics:read'] });
    const others = (await (await app.request('GET', '/users?limit=1000')).json()) as {
      items: { id: string; role: string; username: string }[];
    };
    const admins = others.items.filter(({ role }) => role === 'admin');
    const last = admins.find(({ username }) => username === app.config.username);
    for (const { id } of admins) if (id !== last?.id) await app.request('DELETE', `/users/${id}`);
    const refused = await app.request('PATCH', `/users/${last?.id}`, { body: { disabled: true } });
    expect((await problemOf(refused)).status).toBe(409);
    expect(await statusOf(key)).toBe(200);
  });

  it.each([
    ['without disabling', { role: 'viewer', keys_to: NOBODY }],
    ['with enabling', { disabled: false, keys_to: NOBODY }],
  ])('alone takes `keys_to`: not a change %s', async (_, body) => {
    const { id } = await aUser(app);
    const answer = await app.request('PATCH', `/users/${id}`, { body });
    expect(await problemOf(answer)).toMatchObject({ status: 400, pointers: ['/keys_to'] });
  });
});
