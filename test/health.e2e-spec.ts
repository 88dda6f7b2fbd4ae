import { startApp, type TestApp } from './support/app.js';

describe('health', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startApp();
  });
  afterAll(() => service.close());

  it('is live and ready once it has started', async () => {
    for (const path of ['/health', '/health/ready', '/health/']) {
      const answer = await service.request('GET', path, { token: null });
      expect([path, answer.status, await answer.json()]).toEqual([path, 200, { status: 'ok' }]);
    }
  });
});
