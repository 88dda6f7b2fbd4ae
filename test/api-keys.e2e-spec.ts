import { startApp, type TestApp } from './support/app.js';
import { aKey, aUser, problemOf } from './support/people.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const create = (body: unknown): Promise<Response> => app.request('POST', '/api-keys', { body });
const GOOD = { name: 'job', scopes: ['events:write'] };
const NOBODY = '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11';

describe('POST /api-keys', () => {
  it('shows the secret once, and how it begins ever after', async () => {
    const answer = await create({ ...GOOD, pipelines: ['acme/shop'], expires_at: '2999-01-01T00:00:00Z' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { secret, ...key } = (await answer.json()) as Record<string, unknown> & { secret: string };
    expect(secret).toMatch(/^dvo_[A-Za-z0-9_-]{51}$/);
    expect(key).toEqual({
      id: expect.any(String) as string,
      name: 'job',
      prefix: secret.slice(0, 12),
      scopes: ['events:write'],
      pipelines: ['acme/shop'],
      created_by: 'admin',
      owner_id: expect.any(String) as string,
      created_at: expect.any(String) as string,
      expires_at: '2999-01-01T00:00:00.000Z',
      revoked_at: null,
      last_used_at: null,
    });
    const { items } = (await (await app.request('GET', '/api-keys')).json()) as { items: unknown[] };
    expect(items).toContainEqual(key);
    expect(JSON.stringify(items)).not.toContain(secret);
    expect(JSON.stringify(items)).not.toMatch(/hash|secret/);
  });

  it('stores nothing that the secret could be read from', async () => {
    const { secret } = await aKey(app);
    const rows = await app.dataSource.query<unknown[]>(`SELECT to_jsonb(k)::text AS row FROM devopstic.api_keys AS k`);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(12));
  });

  it('takes null for no limit and no end', async () => {
    expect(await (await create({ ...GOOD, pipelines: null, expires_at: null })).json()).toMatchObject({
      pipelines: null,
      expires_at: null,
    });
  });

  it.each([
    ['nothing', {}, ['/name', '/scopes']],
    ['an empty name', { ...GOOD, name: '' }, ['/name']],
    ['a name that is no text', { ...GOOD, name: 1 }, ['/name']],
    ['a long name', { ...GOOD, name: 'x'.repeat(101) }, ['/name']],
    ['a name with a NUL', { ...GOOD, name: 'a\0' }, ['/name']],
    ['a name with a line break', { ...GOOD, name: 'a\nb' }, ['/name']],
    ['no scope', { ...GOOD, scopes: [] }, ['/scopes']],
    ['an unknown scope', { ...GOOD, scopes: ['events:read'] }, ['/scopes']],
    ['a scope twice', { ...GOOD, scopes: ['admin', 'admin'] }, ['/scopes']],
    ['a scope that is no list', { ...GOOD, scopes: 'admin' }, ['/scopes']],
    ['null for scopes', { ...GOOD, scopes: null }, ['/scopes']],
    ['no pipelines', { ...GOOD, pipelines: [] }, ['/pipelines']],
    ['a pipeline that is no text', { ...GOOD, pipelines: [1] }, ['/pipelines']],
    ['an empty pipeline', { ...GOOD, pipelines: [''] }, ['/pipelines']],
    ['a long pipeline', { ...GOOD, pipelines: ['x'.repeat(201)] }, ['/pipelines']],
    ['a pipeline with a NUL', { ...GOOD, pipelines: ['a\0'] }, ['/pipelines/0']],
    ['a pipeline twice', { ...GOOD, pipelines: ['a', 'a'] }, ['/pipelines']],
    ['1001 pipelines', { ...GOOD, pipelines: Array.from({ length: 1001 }, String) }, ['/pipelines']],
    ['a pipeline that is no list', { ...GOOD, pipelines: 'a' }, ['/pipelines']],
    ['an admin limited to pipelines', { ...GOOD, scopes: ['admin'], pipelines: ['a'] }, ['/pipelines']],
    ['an end in the past', { ...GOOD, expires_at: '2020-01-01T00:00:00Z' }, ['/expires_at']],
    ['an end without a zone', { ...GOOD, expires_at: '2999-01-01T00:00:00' }, ['/expires_at']],
    ['a date alone', { ...GOOD, expires_at: '2999-01-01' }, ['/expires_at']],
    ['an impossible month', { ...GOOD, expires_at: '2999-13-01T00:00:00Z' }, ['/expires_at']],
    ['an impossible day', { ...GOOD, expires_at: '2999-02-31T00:00:00Z' }, ['/expires_at']],
    ['a leap second', { ...GOOD, expires_at: '2999-06-30T23:59:60Z' }, ['/expires_at']],
    ['an end that is a number', { ...GOOD, expires_at: 32503680000 }, ['/expires_at']],
    ['an unknown field', { ...GOOD, secret: 'dvo_mine' }, ['/secret']],
  ])('refuses %s, naming it', async (_, body, pointers) => {
    expect(await problemOf(await create(body))).toMatchObject({ status: 400, pointers });
  });
});

describe('GET /api-keys', () => {
  it('lists the newest first, page by page, each once', async () => {
    const { token } = await aUser(app, 'admin');
    await Promise.all(Array.from({ length: 5 }, () => aKey(app)));
    const seen: { id: string; created_at: string }[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor: string = next && `&cursor=${next}`;
      const answer = await app.request('GET', `/api-keys?limit=3${cursor}`, { token });
      const page = (await answer.json()) as { items: typeof seen; next: string | null };
      seen.push(...page.items);
      next = page.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const times = seen.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().toReversed());
    const [{ count }] = await app.dataSource.query<[{ count: number }]>(
      'SELECT count(*)::int AS count FROM devopstic.api_keys',
    );
    expect(seen).toHaveLength(count);
  });

  it.each([
    ['a word', 'x'],
    ['of another list', Buffer.from('["ada"]').toString('base64url')],
    ['with a date that is none', Buffer.from(`["never","${NOBODY}"]`).toString('base64url')],
    ['with an id that is none', Buffer.from('["2026-01-01T00:00:00Z","1"]').toString('base64url')],
    ['with a number for the date', Buffer.from(`[1772447400000,"${NOBODY}"]`).toString('base64url')],
    ['with nulls', Buffer.from('[null,null]').toString('base64url')],
  ])('refuses a cursor: %s', async (_, cursor) => {
    const answer = await app.request('GET', `/api-keys?cursor=${cursor}`);
    expect(await problemOf(answer)).toMatchObject({ status: 400, pointers: ['/cursor'] });
  });
});
