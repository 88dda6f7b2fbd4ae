import { startApp, type TestApp } from './support/app.js';
import { aUser, logIn, problemOf, tokenOf } from './support/people.js';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

const PASSWORD = 'a password of some length';
const add = (username: string) =>
  app.request('POST', '/users', { body: { username, password: PASSWORD, role: 'viewer' } });
const rename = (id: string, username: unknown) => app.request('PATCH', `/users/${id}`, { body: { username } });
const idOf = async (answer: Response): Promise<string> => ((await answer.json()) as { id: string }).id;

/** As it could be done when case counted. */
const addBeside = async (username: string, of: string): Promise<void> => {
  await app.dataSource.query(
    `INSERT INTO devopstic.users (username, role, password_hash)
     SELECT $1, role, password_hash FROM devopstic.users WHERE username = $2`,
    [username, of],
  );
};

describe('the name of a user', () => {
  it('is taken whatever its case, also when all spellings are asked for at once', async () => {
    expect(await problemOf(await add('ADMIN'))).toMatchObject({ status: 409, pointers: ['/username'] });
    const answers = await Promise.all(['Bob', 'bob', 'BOB', 'boB'].map(add));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  it('lets in however it is written', async () => {
    await add('Cleo.X');
    for (const name of ['Cleo.X', 'cleo.x', 'CLEO.X']) {
      expect((await logIn(app, { username: name, password: PASSWORD })).status).toBe(200);
      expect((await logIn(app, { username: name, password: 'wrong' })).status).toBe(401);
    }
  });

  it('is guessed at no faster in several spellings', async () => {
    await add('dan');
    const spellings = ['dan', 'Dan', 'dAn', 'daN', 'DAn', 'dAN', 'DAN', 'DaN'];
    const guesses = [...spellings, ...spellings].map((username) => logIn(app, { username, password: 'guess' }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect((await logIn(app, { username: 'dan', password: PASSWORD })).status).toBe(429);
  });

  it('can be changed, while tokens go on', async () => {
    const { id, token, username, password } = await aUser(app);
    expect(await (await rename(id, 'Eve')).json()).toMatchObject({ id, username: 'Eve' });
    expect(await (await app.request('GET', '/users/me', { token })).json()).toMatchObject({ username: 'Eve' });
    expect((await logIn(app, { username, password })).status).toBe(401);
    await expect(tokenOf(app, { username: 'eve', password })).resolves.toBeTruthy();
    const change = { current_password: password, new_password: PASSWORD };
    expect((await app.request('PUT', '/users/me/password', { token, body: change })).status).toBe(200);
  });

  it('can be changed in case only, but to nobody else’s', async () => {
    const id = await idOf(await add('fay'));
    expect((await rename(id, 'FAY')).status).toBe(200);
    expect(await problemOf(await rename(id, 'aDMIN'))).toMatchObject({ status: 409, pointers: ['/username'] });
    for (const wrong of ['', 'a b', null, 7]) {
      expect(await problemOf(await rename(id, wrong))).toMatchObject({ status: 400, pointers: ['/username'] });
    }
  });
});

describe('two users whose names are alike, from when case counted,', () => {
  it('log in exactly, until one is renamed', async () => {
    const small = await idOf(await add('gus'));
    await addBeside('Gus', 'gus');
    await app.request('PATCH', `/users/${small}`, { body: { password: 'another one of length' } });
    const right = async (username: string, password: string) => (await logIn(app, { username, password })).status;
    expect([await right('Gus', PASSWORD), await right('gus', 'another one of length')]).toEqual([200, 200]);
    expect([await right('gus', PASSWORD), await right('GUS', PASSWORD)]).toEqual([401, 401]);
    expect((await rename(small, 'GUs')).status).toBe(409);
    expect((await add('GUS')).status).toBe(409);
    expect((await rename(small, 'hal')).status).toBe(200);
    expect([await right('GUS', PASSWORD), await right('HAL', 'another one of length')]).toEqual([200, 200]);
  });
});
