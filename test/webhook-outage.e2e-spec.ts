import { jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startApp, type TestApp } from './support/app.js';
import { aPullRequest } from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { startPostgres, type TestPostgres } from './support/postgres.js';

// It makes a PostgreSQL of its own, which a busy machine takes long for; and what is begun after the time is up is never stopped.
jest.setTimeout(120_000);

let postgres: TestPostgres;
let app: TestApp;

beforeAll(async () => {
  postgres = await startPostgres();
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET }, postgres.database);
});
afterAll(async () => {
  await app.close();
  await postgres.remove();
});

describe('a webhook that comes while the database is away', () => {
  it('is asked to come back, and is recorded then', async () => {
    const github = new GithubSender(app.url);
    const delivery = randomUUID();
    await postgres.stop();
    const away = await github.send('pull_request', aPullRequest('opened'), { delivery });
    await postgres.start();
    const back = await github.send('pull_request', aPullRequest('opened'), { delivery });
    expect([away.status, away.retry_after, back.status, back.body.outcome]).toEqual([503, '5', 200, 'recorded']);
  });
});
