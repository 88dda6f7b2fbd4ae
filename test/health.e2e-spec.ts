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

  it('is not ready on a database that was never migrated, or not to this version', async () => {
    const ready = async () => (await service.request('GET', '/health/ready', { token: null })).status;
    await service.dataSource.query('ALTER TABLE devopstic.migrations RENAME TO gone');
    expect(await ready()).toBe(503);
    await service.dataSource.query('ALTER TABLE devopstic.gone RENAME TO migrations');
    await service.dataSource.query(
      'DELETE FROM devopstic.migrations WHERE id = (SELECT max(id) FROM devopstic.migrations)',
    );
    expect(await ready()).toBe(503);
  });
});
