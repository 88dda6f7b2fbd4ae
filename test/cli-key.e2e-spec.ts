import { jest } from '@jest/globals';
import { environmentOf, startApp, type TestApp } from './support/app.js';
import { finish } from './support/cli.js';

// It starts the program many times.
jest.setTimeout(120_000);

interface Key {
  id: string;
  secret?: string;
}

describe('devopstic key', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const key = (...words: string[]) => finish(['key', ...words], environmentOf(app.database));
  const send = async (pipeline_id: string, token: string) =>
    (await app.request('POST', '/events', { token, body: { type: 'commit', pipeline_id, commit_id: 'c1' } })).status;

  it('creates one, whose secret alone is on the standard output, limited as it says', async () => {
    const { code, stdout, stderr } = await key(
      'create',
      'jobs',
      '--scope',
      'events:write',
      '--pipeline',
      'shop',
      'web',
    );
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^dvo_[\w-]{51}\n$/)]);
    expect(stderr).toContain('shown only now');
    expect([await send('shop', stdout.trim()), await send('other', stdout.trim())]).toEqual([201, 403]);
  });

  it('lists all without their secrets, as the API does', async () => {
    const created = await key('create', 'reader', '--scope', 'metrics:read', 'events:write', '--json');
    const { secret, ...made } = JSON.parse(created.stdout) as Key & { secret: string };
    const { stdout } = await key('list', '--json');
    const { items } = (await (await app.request('GET', '/api-keys')).json()) as { items: object[] };
    expect(JSON.parse(stdout)).toEqual({ items });
    expect(items[0]).toEqual(made);
    const { stdout: shown } = await key('list');
    expect(shown + stdout).not.toContain(secret);
    expect(shown).toMatch(
      new RegExp(`^${made.id} +reader +${secret.slice(0, 12)} +metrics:read,events:write +all +never`, 'm'),
    );
  });

  it('revokes one, in a running service within three seconds', async () => {
    const created = await key('create', 'short-lived', '--scope', 'events:write', '--json');
    const { id, secret = '' } = JSON.parse(created.stdout) as Key;
    expect(await send('shop', secret)).toBe(200);
    const revoked = await key('revoke', id, '--json');
    expect(JSON.parse(revoked.stdout)).toEqual({ id, revoked: true });
    await new Promise((resolve) => setTimeout(resolve, 3100));
    expect(await send('shop', secret)).toBe(401);
    expect((await key('list')).stdout).toMatch(new RegExp(`^${id} .* revoked 2`, 'm'));
  });

  it('gives one to a user, who answers for it from then on', async () => {
    const { stdout } = await key('create', 'orphan', '--scope', 'events:write', '--json');
    const { id, ...made } = JSON.parse(stdout) as Key & { owner_id: string | null };
    expect(made.owner_id).toBeNull();
    const given = await key('give', id, 'admin');
    expect(given).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^The key orphan \(dvo_.*…\) belongs to admin now/),
    });
    const { items } = (await (await app.request('GET', '/users')).json()) as { items: { id: string }[] };
    const { items: keys } = JSON.parse((await key('list', '--json')).stdout) as { items: object[] };
    expect(keys).toContainEqual(expect.objectContaining({ id, owner_id: items[0]?.id }));
  });

  it.each([
    [
      ['create', 'x', '--scope', 'write', '--expires', '2020-01-01'],
      /^devopstic: scopes each value .* admin; expires_at must be RFC 3339 date\n$/,
    ],
    [
      ['create', 'x', '--scope', 'admin', '--expires', '2020-01-01T00:00:00Z'],
      /^devopstic: expires_at must be a time in the future\n$/,
    ],
    [
      ['create', 'x', '--scope', 'admin', '--pipeline', 'shop'],
      /^devopstic: pipelines must not be given with the scope admin, which cannot be limited\n$/,
    ],
    [['give', 'jobs', 'admin'], /^devopstic: jobs is not the id of a key: devopstic key list shows them\n$/],
    [['give', '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11', 'nobody'], /^devopstic: There is no user nobody\n$/],
    [['revoke', 'jobs'], /^devopstic: jobs is not the id of a key: devopstic key list shows them\n$/],
    [
      ['revoke', '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11'],
      /^devopstic: There is no API key 6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11\n$/,
    ],
  ])('refuses %j in one sentence', async (words, sentence) => {
    expect(await key(...words)).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(sentence) });
  });
});
