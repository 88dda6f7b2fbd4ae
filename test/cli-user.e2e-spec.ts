import { jest } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { newPassword } from '../src/cli/new-password.js';
import { createEmptyDatabase, dropDatabase, environmentOf, startApp, type TestApp } from './support/app.js';
import { finish, run } from './support/cli.js';
import { temporaryFolder } from './support/temporary-folder.js';

// It starts the program many times.
jest.setTimeout(120_000);

const PASSWORD = 'a password of some length';
const ADA = ['add', 'ada', '--role', 'admin', '--password-stdin'];

describe('devopstic user', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const user = (words: string[], input = '') => finish(['user', ...words], environmentOf(app.database), { input });
  const logIn = async (username: string, password: string) =>
    (await app.request('POST', '/tokens', { token: null, body: { username, password } })).status;

  it('lists all, also as JSON, as the API does', async () => {
    await user(['add', 'bob', '--role', 'viewer', '--password-stdin'], PASSWORD);
    const { stdout } = await user(['list', '--json']);
    const { items } = (await (await app.request('GET', '/users')).json()) as { items: object[] };
    expect(JSON.parse(stdout)).toEqual({ items });
    const { stdout: shown } = await user(['list']);
    expect(shown.split('\n').map((line) => line.split(/ +/).slice(0, 3))).toEqual([
      ['NAME', 'ROLE', 'STATE'],
      ['admin', 'admin', 'enabled'],
      ['bob', 'viewer', 'enabled'],
      [''],
    ]);
  });

  it('adds one who can log in at once, and never shows the password', async () => {
    const added = await user(ADA, `${PASSWORD}\n`);
    expect(added).toEqual({ code: 0, stdout: 'ada may log in, as admin.\n', stderr: '' });
    expect(await logIn('ada', PASSWORD)).toBe(200);
  });

  it('disables and enables, and gives another password, which ends tokens', async () => {
    expect(await user(['disable', 'ada'])).toMatchObject({ code: 0 });
    expect(await logIn('ada', PASSWORD)).toBe(401);
    const enabled = await user(['enable', 'ada', '--json']);
    expect(JSON.parse(enabled.stdout)).toMatchObject({ username: 'ada', disabled: false });
    const token = await app.request('POST', '/tokens', { body: { username: 'ada', password: PASSWORD } });
    expect(await user(['password', 'ada', '--password-stdin'], 'quite another one')).toMatchObject({ code: 0 });
    const { token: old } = (await token.json()) as { token: string };
    expect((await app.request('GET', '/users', { token: old })).status).toBe(401);
    expect(await logIn('ada', 'quite another one')).toBe(200);
  });

  it('ends the keys of who is disabled or removed, or hands them to another, and says so', async () => {
    await user(['add', 'eve', '--role', 'admin', '--password-stdin'], PASSWORD);
    const answer = await app.request('POST', '/tokens', { body: { username: 'eve', password: PASSWORD } });
    const { token } = (await answer.json()) as { token: string };
    const body = { name: 'jobs', scopes: ['events:write'] };
    const made = await app.request('POST', '/api-keys', { token, body });
    const { id, prefix } = (await made.json()) as { id: string; prefix: string };
    expect(await user(['disable', 'eve', '--keys-to', 'bob'])).toEqual({
      code: 0,
      stdout: `eve is disabled; the tokens issued before have ended.\nThe key jobs (${prefix}…) belongs to bob now.\n`,
      stderr: '',
    });
    const { stdout } = await user(['delete', 'bob', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ keys: [{ id, revoked_at: expect.any(String) as string }] });
    expect(await user(['delete', 'eve'])).toMatchObject({ stdout: expect.stringMatching(/^eve is removed; .*\.\n$/) });
    expect((await user(['list'])).stdout).not.toMatch(/eve|bob/);
  });

  it('gives another name, which no other user has in whatever case', async () => {
    await user(['add', 'fay', '--role', 'viewer', '--password-stdin'], PASSWORD);
    expect(await user(['rename', 'FAY', 'Gil'])).toEqual({ code: 0, stdout: 'FAY is Gil now.\n', stderr: '' });
    expect(await logIn('gil', PASSWORD)).toBe(200);
    const taken = await user(['rename', 'gil', 'Admin']);
    expect(taken).toEqual({ code: 1, stdout: '', stderr: 'devopstic: There is a user admin already\n' });
  });

  it('ends the sessions of a user, who may log in again', async () => {
    await user(['add', 'ivy', '--role', 'viewer', '--password-stdin'], PASSWORD);
    const answer = await app.request('POST', '/tokens', { body: { username: 'ivy', password: PASSWORD } });
    const { token } = (await answer.json()) as { token: string };
    const ended = await user(['end-sessions', 'ivy']);
    expect(ended).toEqual({ code: 0, stdout: 'The sessions of ivy have ended.\n', stderr: '' });
    expect((await app.request('GET', '/users/me', { token })).status).toBe(401);
    expect(await logIn('ivy', PASSWORD)).toBe(200);
  });

  it('leaves an enabled admin', async () => {
    await user(['disable', 'ada']);
    const { code, stderr } = await user(['disable', 'admin']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'devopstic: This is the last enabled admin: make another one first\n',
    });
  });

  it.each([
    [['enable', 'nobody'], '', 'There is no user nobody'],
    [['delete', 'nobody'], '', 'There is no user nobody'],
    [['disable', 'admin', '--keys-to', 'nobody'], '', 'There is no user nobody'],
    [['disable', 'admin', '--keys-to', 'admin'], '', 'keys_to must be another user, who is enabled'],
    [['password', 'nobody', '--password-stdin'], PASSWORD, 'There is no user nobody'],
    [
      ['password', 'admin', '--password-stdin'],
      'administrator\n',
      'password must not be a common password, nor one that is repeated or has only a few digits or marks around it',
    ],
    [['password', 'admin', '--password-stdin'], 'short\n', 'password must be longer than or equal to 12 characters'],
    [
      ['add', 'a b', '--role', 'king', '--password-stdin'],
      PASSWORD,
      'username must be 1 to 100 letters, digits and . _ @ + -, beginning with a letter or digit; ' +
        'role must be one of the following values: admin, editor, viewer',
    ],
    [['add', 'admin', '--role', 'admin', '--password-stdin'], PASSWORD, 'There is a user admin already'],
    [['add', 'ada', '--role', 'admin'], PASSWORD, 'There is no terminal to ask for a password: give --password-stdin'],
  ])('refuses %j in one sentence', async (words, input, sentence) => {
    expect(await user(words, input)).toEqual({ code: 1, stdout: '', stderr: `devopstic: ${sentence}\n` });
  });
});

describe('devopstic user, elsewhere', () => {
  it('does not touch a database that is not migrated', async () => {
    const database = await createEmptyDatabase();
    const listed = await finish(['user', 'list'], environmentOf(database));
    expect(listed).toMatchObject({
      code: 1,
      stderr: 'devopstic: The database is not migrated: run devopstic migrate\n',
    });
    await dropDatabase(database);
  });

  it('works on the embedded PostgreSQL while the service runs, and while it does not', async () => {
    const data_dir = temporaryFolder();
    const environment = { DEVOPSTIC_DATA_DIR: data_dir, DEVOPSTIC_PORT: '0', DEVOPSTIC_HOST: '127.0.0.1' };
    expect(await finish(['migrate'], environment)).toMatchObject({ code: 0 });
    expect(await finish(['user', ...ADA], environment, { input: PASSWORD })).toMatchObject({ code: 0 });
    const service = run(['serve'], environment);
    await service.says(/DevOpstic is running/);
    expect(service.stderr()).not.toContain('First admin');
    const listed = await finish(['user', 'list'], environment);
    expect([listed.code, listed.stdout]).toEqual([0, expect.stringMatching(/^ada +admin +enabled/m)]);
    service.kill('SIGTERM');
    expect(await service.ended).toBe(0);
  });
});

describe('the prompt for a password', () => {
  function terminal() {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = new PassThrough();
    let seen = '';
    output.on('data', (chunk: Buffer) => (seen += String(chunk)));
    return { input, output, seen: () => seen };
  }

  it('asks twice, and shows nothing of what is typed', async () => {
    const { input, output, seen } = terminal();
    const asked = newPassword(undefined, { input, output });
    input.write(`${PASSWORD}\r`);
    input.write(`${PASSWORD}\r`);
    expect(await asked).toBe(PASSWORD);
    expect(seen()).toBe('Password: \nAgain: \n');
  });

  it('takes no two that differ, and no end in the midst of it', async () => {
    const differing = terminal();
    differing.input.write('one password\rother password\r');
    await expect(newPassword(undefined, differing)).rejects.toThrow('The two passwords are not the same');
    const ended = terminal();
    ended.input.write('\u0003');
    await expect(newPassword(undefined, ended)).rejects.toThrow('No password was given');
  });
});
