import { userInfo } from 'node:os';
import type { AuditEntry } from '../src/audit/audit-entry.entity.js';
import { ADMIN, environmentOf, startApp, type TestApp } from './support/app.js';
import { finish } from './support/cli.js';
import { aDeclaration } from './support/hooks.js';
import { aKey, aUser, logIn } from './support/people.js';

type Entry = Omit<AuditEntry, 'at' | 'last_at' | 'counted_key'> & { at: string; last_at: string | null };
interface Page {
  items: Entry[];
  count: number;
  next: string | null;
}

describe('the audit trail', () => {
  let app: TestApp;
  let me: { id: string };
  beforeAll(async () => {
    app = await startApp({ DEVOPSTIC_TRUSTED_PROXIES: '127.0.0.1' });
    me = (await (await app.request('GET', '/users/me')).json()) as { id: string };
  });
  afterAll(() => app.close());

  async function list(query = ''): Promise<Page> {
    const answer = await app.request('GET', `/audit${query}`);
    expect(answer.status).toBe(200);
    return (await answer.json()) as Page;
  }

  /** What is kept of one request. */
  async function entriesOf(method: string, path: string, options: { body?: unknown; token?: string } = {}) {
    const id = `audited-${Math.random()}`;
    const headers = { 'x-request-id': id, 'x-forwarded-for': '198.51.100.7' };
    const { status } = await app.request(method, path, { ...options, headers });
    const { items } = await list('?limit=20');
    return { status, entries: items.filter(({ request_id }) => request_id === id).toReversed() };
  }

  it('has the first admin, whom the service made at its start', async () => {
    const { items } = await list(`?object=${me.id}&action=user.created`);
    expect(items).toMatchObject([
      { actor_kind: 'service', actor_name: null, address: null, request_id: null, object_name: ADMIN.username },
    ]);
  });

  it('has a login with who it was, from which address, in which request', async () => {
    const { entries } = await entriesOf('POST', '/tokens', { body: ADMIN });
    expect(entries).toEqual([
      {
        id: expect.stringMatching(/^\d+$/),
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        request_id: expect.any(String),
        actor_kind: 'user',
        actor_id: me.id,
        actor_name: ADMIN.username,
        address: '198.51.100.7',
        action: 'login.succeeded',
        object_kind: 'user',
        object_id: me.id,
        object_name: ADMIN.username,
        details: {},
        count: 1,
        last_at: null,
      },
    ]);
  });

  it('has a change of the rules, by the names of what changed; none where nothing did', async () => {
    const { rules } = (await (await app.request('GET', '/scope')).json()) as { rules: object };
    const body = { rules: { ...rules, teams: [{ name: 'payments', pipelines: ['acme/*'] }], bot_authors: 'bot$' } };
    const changed = await entriesOf('PUT', '/scope', { body });
    expect(changed.status).toBe(200);
    expect(changed.entries).toMatchObject([
      {
        action: 'rules.changed',
        actor_name: ADMIN.username,
        object_id: '1',
        details: { changed: ['bot_authors', 'teams'] },
      },
    ]);
    expect((await entriesOf('PUT', '/scope', { body })).entries).toEqual([]);
  });

  it('has what becomes of a user, each kind of change as an act of its own, and no password', async () => {
    const password = 'a staple of another kind';
    const made = await entriesOf('POST', '/users', { body: { username: 'ada', password, role: 'viewer' } });
    const object = { object_kind: 'user', object_id: made.entries[0]?.object_id, object_name: 'ada' };
    expect(made.entries).toMatchObject([{ action: 'user.created', ...object, details: { role: 'viewer' } }]);
    const path = `/users/${object.object_id}`;
    const body = { username: 'grace', role: 'editor', password: `${password}!`, disabled: true };
    const changed = await entriesOf('PATCH', path, { body });
    expect(changed.entries).toMatchObject([
      { action: 'user.renamed', ...object },
      { action: 'user.role_changed', ...object, details: { role: 'editor' } },
      { action: 'user.password_set', ...object, details: {} },
      { action: 'user.disabled', ...object },
    ]);
    const enabled = await entriesOf('PATCH', path, { body: { disabled: false } });
    expect(enabled.entries).toMatchObject([{ action: 'user.enabled', object_name: 'grace' }]);
    const gone = await entriesOf('DELETE', path);
    expect(gone.entries).toMatchObject([{ action: 'user.removed', ...object, object_name: 'grace' }]);
    expect(JSON.stringify(await list('?limit=1000'))).not.toContain(password);
  });

  it('has who changes an own password', async () => {
    const { id, token, password } = await aUser(app);
    const body = { current_password: password, new_password: 'a staple of another kind' };
    const { entries } = await entriesOf('PUT', '/users/me/password', { token, body });
    expect(entries).toMatchObject([{ action: 'user.password_set', actor_id: id, object_id: id }]);
  });

  it('has who logs out, and whose sessions are ended by whom', async () => {
    const { id, token, ...person } = await aUser(app);
    const sessions = async () => {
      const answer = await app.request('GET', `/users/${id}/sessions`);
      return ((await answer.json()) as { items: { id: string }[] }).items.map((one) => one.id);
    };
    const out = await entriesOf('POST', '/logout', { token });
    expect(out.entries).toMatchObject([
      { action: 'logout', actor_id: id, object_id: id, object_name: person.username },
    ]);
    await logIn(app, { username: person.username, password: person.password });
    const [session] = await sessions();
    const ended = await entriesOf('DELETE', `/users/${id}/sessions/${session}`);
    const object = { actor_id: me.id, object_id: id, object_name: person.username };
    expect(ended.entries).toMatchObject([{ action: 'user.session_ended', ...object, details: { session } }]);
    expect(await entriesOf('DELETE', `/users/${id}/sessions/${session}`)).toEqual({ status: 404, entries: [] });
    const all = await entriesOf('DELETE', `/users/${id}/sessions`);
    expect(all.entries).toMatchObject([{ action: 'user.sessions_ended', ...object }]);
  });

  it('has what becomes of a key: made, handed over, revoked once, ended with its user; and no secret', async () => {
    const { id } = await aUser(app, 'admin');
    const body = { name: 'job', scopes: ['events:write'], pipelines: ['acme/shop'] };
    const made = await entriesOf('POST', '/api-keys', { body });
    const key = { object_kind: 'key', object_id: made.entries[0]?.object_id, object_name: 'job' };
    const { name: _, ...details } = body;
    expect(made.entries).toMatchObject([{ action: 'key.created', ...key, details: { ...details, expires_at: null } }]);
    const path = `/api-keys/${key.object_id}`;
    const given = await entriesOf('PATCH', path, { body: { owner_id: id } });
    expect(given.entries).toMatchObject([{ action: 'key.handed_over', ...key, details: { owner_id: id } }]);
    const handed = await entriesOf('PATCH', `/users/${id}`, { body: { disabled: true, keys_to: me.id } });
    expect(handed.entries.map(({ action }) => action)).toEqual(['user.disabled', 'key.handed_over']);
    expect((await entriesOf('DELETE', path)).entries).toMatchObject([{ action: 'key.revoked', ...key }]);
    expect(await entriesOf('DELETE', path)).toEqual({ status: 204, entries: [] });
    const other = await aUser(app, 'admin');
    const { secret } = await aKey({ ...app, request: (m, p, o) => app.request(m, p, { ...o, token: other.token }) });
    const ended = await entriesOf('DELETE', `/users/${other.id}`);
    expect(ended.entries).toMatchObject([
      { action: 'user.removed' },
      { action: 'key.revoked', details: { owner_ended: other.id } },
    ]);
    expect(JSON.stringify(await list('?limit=1000'))).not.toContain(secret.slice(12));
  });

  it('has what a key does under the name of the key', async () => {
    const { id, secret } = await aKey(app, { name: 'robot', scopes: ['admin'] });
    const { entries } = await entriesOf('PUT', '/hooks/robots', { token: secret, body: aDeclaration() });
    expect(entries).toMatchObject([{ actor_kind: 'key', actor_id: id, actor_name: 'robot' }]);
  });

  it('has what commands do, under the name of who runs them', async () => {
    const environment = environmentOf(app.database);
    const words = ['user', 'add', 'grace', '--role', 'viewer', '--password-stdin'];
    const added = await finish(words, environment, { input: 'a staple of another kind' });
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const key = await finish(['key', 'create', 'deploys', '--scope', 'events:write', '--json'], environment);
    await finish(['key', 'revoke', (JSON.parse(key.stdout) as { id: string }).id], environment);
    const { items } = await list('?limit=3');
    const here = { actor_kind: 'cli', actor_id: null, actor_name: userInfo().username, address: null };
    expect(items).toMatchObject([
      { action: 'key.revoked', object_name: 'deploys', ...here },
      { action: 'key.created', object_name: 'deploys', ...here },
      { action: 'user.created', object_name: 'grace', ...here },
    ]);
  });

  it('has no act that failed', async () => {
    const { rules } = (await (await app.request('GET', '/scope')).json()) as { rules: object };
    const taken = { username: ADMIN.username, password: 'a staple of another kind', role: 'viewer' };
    expect(await entriesOf('POST', '/users', { body: taken })).toEqual({ status: 409, entries: [] });
    expect(await entriesOf('DELETE', `/users/${me.id}`)).toEqual({ status: 409, entries: [] });
    const demoted = await entriesOf('PATCH', `/users/${me.id}`, { body: { role: 'viewer' } });
    expect(demoted).toEqual({ status: 409, entries: [] });
    const stale = await entriesOf('PUT', '/scope', { body: { version: 99, rules: { ...rules, bot_authors: null } } });
    expect(stale).toEqual({ status: 409, entries: [] });
    expect(await entriesOf('DELETE', '/hooks/nobodys')).toEqual({ status: 404, entries: [] });
    const twice = await entriesOf('POST', '/tokens', { body: { username: 5, password: 'x' } });
    expect(twice).toEqual({ status: 400, entries: [] });
  });

  it('has what becomes of a hook, and no secret of it', async () => {
    const signed = {
      ...aDeclaration(),
      signature: { kind: 'hmac', header: 'x-signature', secrets: ['a secret of 16 or more'] },
    };
    const actions = async (method: string, body?: unknown) => {
      const { status, entries } = await entriesOf(method, '/hooks/ours', { body });
      expect([200, 201, 204]).toContain(status);
      expect(JSON.stringify(entries)).not.toContain('a secret of');
      expect(entries.every(({ object_kind, object_id }) => object_kind === 'hook' && object_id === 'ours')).toBe(true);
      return entries.map(({ action }) => action);
    };
    expect(await actions('PUT', signed)).toEqual(['hook.created']);
    expect(await actions('PUT', { ...signed, signature: { ...signed.signature, secrets: undefined } })).toEqual([
      'hook.changed',
    ]);
    expect(await actions('PUT', signed)).toEqual(['hook.changed', 'hook.secret_rotated']);
    expect(await actions('DELETE')).toEqual(['hook.removed']);
  });

  it('has a replay when it begins and when it has ended, with what it came to; a dry run changes nothing', async () => {
    const body = { source: 'github', from: '2026-03-01' };
    const { entries } = await entriesOf('POST', '/webhook-deliveries/replay', { body: { ...body, dry_run: false } });
    expect(entries).toMatchObject([
      { action: 'replay.started', object_kind: 'delivery', object_id: null, details: { ...body, deliveries: 0 } },
      { action: 'replay.ended', details: { ...body, events: { added: 0, withdrawn: 0 } } },
    ]);
    expect((await entriesOf('POST', '/webhook-deliveries/replay', { body: { dry_run: true } })).entries).toEqual([]);
  });

  it('goes by pages, newest first, whatever is filtered by', async () => {
    const seen: Entry[] = [];
    for (let next: string | null = ''; next !== null;) {
      const found: Page = await list(`?limit=2${next && `&cursor=${next}`}`);
      seen.push(...found.items);
      next = found.next;
    }
    const ids = seen.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(seen).toEqual((await list('?limit=1000')).items);
    const [first] = seen.slice(-1);
    const by = (query: string) => list(query).then(({ items }) => items.length);
    expect(await by(`?actor=${ADMIN.username}`)).toBe(
      seen.filter(({ actor_name }) => actor_name === ADMIN.username).length,
    );
    expect(await by(`?actor=${me.id}`)).toBe(seen.filter(({ actor_id }) => actor_id === me.id).length);
    expect(await by('?object=ours')).toBe(seen.filter(({ object_name }) => object_name === 'ours').length);
    expect(await by('?action=rules.changed')).toBe(1);
    expect(await by(`?to=${first?.at}`)).toBe(0);
    expect(await by(`?from=${first?.at}`)).toBe(seen.length);
  });

  it.each(['?action=user.invited', '?from=yesterday', '?cursor=x', '?from=2026-03-02&to=2026-03-01', '?object='])(
    'refuses %s',
    async (query) => {
      expect((await app.request('GET', `/audit${query}`)).status).toBe(400);
    },
  );

  it('is for admins, and nobody keeps the answer', async () => {
    expect((await app.request('GET', '/audit', { token: null })).status).toBe(401);
    const [viewer, editor] = await Promise.all([aUser(app), aUser(app, 'editor')]);
    const { secret } = await aKey(app, { scopes: ['metrics:read', 'events:write'] });
    for (const token of [viewer.token, editor.token, secret]) {
      expect((await app.request('GET', '/audit', { token })).status).toBe(403);
    }
    const admin = await aKey(app, { scopes: ['admin'] });
    const answer = await app.request('GET', '/audit', { token: admin.secret });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it('is read by an index', async () => {
    await app.dataSource.query(`
      INSERT INTO devopstic.audit_entries (at, actor_kind, action, object_kind)
      SELECT now() - make_interval(mins => n), 'anyone', 'login.succeeded', 'user' FROM generate_series(1, 20000) AS n`);
    await app.dataSource.query('ANALYZE devopstic.audit_entries');
    const plan = await app.dataSource.query<Record<string, string>[]>(
      'EXPLAIN SELECT FROM devopstic.audit_entries AS a ORDER BY a.at DESC, a.id DESC LIMIT 100',
    );
    expect(JSON.stringify(plan)).toContain('audit_entries_at_idx');
    await app.dataSource.query(`DELETE FROM devopstic.audit_entries WHERE actor_kind = 'anyone'`);
  });
});

describe('failed logins', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ DEVOPSTIC_TRUSTED_PROXIES: '127.0.0.1' });
  });
  afterEach(() => app.dataSource.query(`DELETE FROM devopstic.audit_entries WHERE action = 'login.failed'`));
  afterAll(() => app.close());

  const fail = async (username: string, address: string, password = 'wrong'): Promise<void> => {
    const headers = { 'x-forwarded-for': address };
    const answer = await app.request('POST', '/tokens', { token: null, headers, body: { username, password } });
    expect(answer.status).toBe(401);
  };
  const failed = async (): Promise<Entry[]> => {
    const { items } = (await (await app.request('GET', '/audit?action=login.failed')).json()) as Page;
    return items;
  };
  /** A test must not run over the end of a quarter of an hour. */
  const withinAQuarter = async (): Promise<void> => {
    const left = 900_000 - (Date.now() % 900_000);
    if (left < 20_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
  };

  it('are one entry with a count, for each account and address', async () => {
    await withinAQuarter();
    const { id, username } = await aUser(app);
    for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.1']) await fail(username, address);
    await fail(ADMIN.username, '192.0.2.1');
    const counts = (await failed()).map(({ address, count, object_id, object_name, last_at }) => [
      address,
      count,
      object_id,
      object_name,
      last_at !== null,
    ]);
    expect(counts.toSorted()).toEqual([
      ['192.0.2.1', 1, expect.any(String), ADMIN.username, false],
      ['192.0.2.1', 3, id, username, true],
      ['192.0.2.2', 1, id, username, false],
    ]);
  });

  it('in another quarter of an hour are another entry', async () => {
    await withinAQuarter();
    const { username } = await aUser(app);
    await fail(username, '192.0.2.1');
    const [row] = await app.dataSource.query<{ at: Date; began: number }[]>(`
      SELECT at, split_part(counted_key, '|', 2)::float8 AS began
      FROM devopstic.audit_entries WHERE action = 'login.failed'`);
    expect(row?.began).toBe(Math.floor(Number(row?.at) / 900_000) * 900);
    await app.dataSource.query(`
      UPDATE devopstic.audit_entries
      SET at = at - interval '15 minutes',
          counted_key = replace(counted_key, '|' || split_part(counted_key, '|', 2),
            '|' || (split_part(counted_key, '|', 2)::numeric - 900)::text)
      WHERE action = 'login.failed'`);
    await fail(username, '192.0.2.1');
    expect((await failed()).map(({ count }) => count)).toEqual([1, 1]);
  });

  it('do not tell a name that nobody has, and are one entry for all such names of an address', async () => {
    await withinAQuarter();
    for (const name of ['hunter2', 'correct-horse', 'nobody']) await fail(name, '192.0.2.1');
    await fail('hunter2', '192.0.2.2');
    const entries = await failed();
    expect(entries.map(({ address, count }) => [address, count]).toSorted()).toEqual([
      ['192.0.2.1', 3],
      ['192.0.2.2', 1],
    ]);
    for (const entry of entries)
      expect(entry).toMatchObject({ actor_kind: 'anyone', object_id: null, object_name: null });
    const stored = await app.dataSource.query<object[]>('SELECT * FROM devopstic.audit_entries');
    expect(JSON.stringify(stored)).not.toMatch(/hunter2|correct-horse/);
  });

  it('of a flood do not fill the table: beyond a thousand entries the addresses are not told any more', async () => {
    await withinAQuarter();
    await app.dataSource.query(`
      INSERT INTO devopstic.audit_entries (actor_kind, action, object_kind)
      SELECT 'anyone', 'login.failed', 'user' FROM generate_series(1, 1000)`);
    for (let n = 1; n <= 5; n += 1) await fail('nobody', `203.0.113.${n}`);
    const [last] = await failed();
    expect(last).toMatchObject({ address: null, count: 5 });
    const [row] = await app.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM devopstic.audit_entries WHERE action = 'login.failed'`,
    );
    expect(row?.n).toBe(1001);
  });

  it('of who is logged in, and gives the wrong password for a new one, name that user', async () => {
    const { id, token } = await aUser(app);
    const body = { current_password: 'wrong', new_password: 'quite another one' };
    expect((await app.request('PUT', '/users/me/password', { token, body })).status).toBe(403);
    expect(await failed()).toMatchObject([{ actor_kind: 'user', actor_id: id, object_id: id }]);
  });

  it('and right ones are kept as such', async () => {
    expect((await logIn(app, ADMIN)).status).toBe(200);
    expect(await failed()).toEqual([]);
  });
});
