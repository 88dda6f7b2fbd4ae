import { jest } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApp, type TestApp } from './support/app.js';
import { startPostgres, type TestPostgres } from './support/postgres.js';

jest.setTimeout(120_000);

describe('while the database is away', () => {
  let postgres: TestPostgres;
  let service: TestApp;
  beforeAll(async () => {
    postgres = await startPostgres();
    service = await startApp({}, postgres.database);
  });
  afterAll(async () => {
    await service.close();
    await postgres.remove();
  });

  it('the service stays alive, says that it is not ready, and recovers by itself', async () => {
    const event = { type: 'commit', pipeline_id: 'shop', commit_id: 'a1', timestamp: 1_767_225_600 };
    await postgres.stop();

    expect((await service.request('GET', '/health')).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/health/ready'],
      ['POST', '/events'],
    ] as const) {
      const answer = await service.request(method, path, method === 'POST' ? { body: event } : {});
      expect([path, answer.status, answer.headers.get('retry-after')]).toEqual([path, 503, expect.any(String)]);
      expect(await answer.json()).toMatchObject({ status: 503, title: 'Service Unavailable' });
    }

    await postgres.start();
    expect(await untilReady(service)).toBe(200);
    expect((await service.request('POST', '/events', { body: event })).status).toBe(201);
  });
});

/** Connections that broke are noticed when they are used; give it a moment, as a balancer does. */
async function untilReady(service: TestApp): Promise<number> {
  let status = 0;
  for (let tries = 0; tries < 20 && status !== 200; tries++) {
    status = (await service.request('GET', '/health/ready')).status;
    if (status !== 200) await sleep(100);
  }
  return status;
}
