import { startApp, type TestApp } from './support/app.js';
import { problemOf } from './support/people.js';

describe('a path', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each([
    ['DELETE', '/events', 'GET, HEAD, OPTIONS, POST'],
    ['PATCH', '/tokens', 'OPTIONS, POST'],
    ['GET', '/events/batch', 'OPTIONS, POST'],
    ['PUT', '/users/me', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
    ['POST', '/docs', 'GET, HEAD, OPTIONS'],
  ])('answers 405 to a method that it has not, and says which it has: %s %s', async (method, path, allow) => {
    const answer = await app.request(method, path, { token: null });
    expect(answer.headers.get('allow')).toBe(allow);
    expect((await problemOf(answer)).status).toBe(405);
  });

  it('says the same to OPTIONS, and answers HEAD where it answers GET', async () => {
    const options = await app.request('OPTIONS', '/health');
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    const head = await app.request('HEAD', '/health');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('that there is not has no methods', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const answer = await app.request(method, '/nowhere');
      expect([answer.status, answer.headers.get('allow')]).toEqual([404, null]);
    }
  });
});
