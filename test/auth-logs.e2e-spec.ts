import { Writable } from 'node:stream';
import { pino } from 'pino';
import { Config, type DatabaseConfig } from '../src/config/config.js';
import { startService } from '../src/service.js';
import { endLater } from './support/ending.js';
import { ADMIN, createDatabase, dropDatabase, environmentOf } from './support/app.js';

let database: DatabaseConfig;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => dropDatabase(database));

const SHORT = 'a short one';

it('logs no password, token, key or secret, whatever the level and however a request ends', async () => {
  const lines: string[] = [];
  const sink = new Writable({ write: (line, _, done) => done(void lines.push(String(line))) });
  const config = new Config({ ...environmentOf(database), DEVOPSTIC_GITLAB_WEBHOOK_SECRET: SHORT });
  const service = await startService(config, pino({ level: 'trace' }, sink));
  const stop = endLater(() => service.stop());
  const call = async (method: string, path: string, token: string, body?: unknown): Promise<Record<string, string>> => {
    const headers = { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) };
    const answer = await fetch(service.url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return answer.json() as Promise<Record<string, string>>;
  };
  const { token = '' } = await call('POST', '/tokens', '', ADMIN);
  const { secret = '' } = await call('POST', '/api-keys', token, { name: 'job', scopes: ['events:write'] });
  const wrong = 'a wrong password';
  await call('POST', '/tokens', '', { ...ADMIN, password: wrong });
  await call('POST', '/tokens', '', { ...ADMIN, password: [wrong] });
  await call('POST', '/users', token, { username: 'ada', password: wrong, role: 'root' });
  await call('POST', '/users', token, { username: 'ada', password: wrong, role: 'viewer' });
  await call('POST', '/users', token, { username: 'ada', password: wrong, role: 'viewer' });
  await call('GET', '/users', secret);
  await call('POST', `/webhook/${secret}/events`, '', {});
  await call('POST', `/webhook/${secret}x/events`, '', {});
  const told = await Promise.all([
    call('GET', `/webhook/${secret}/events?access_token=${wrong}`, ''),
    call('POST', `/webhook/${secret}`, '', {}),
    call('POST', `/devopstic/webhook/${secret}/events`, '', {}),
    call('POST', `/%77ebhook/${secret}/events`, '', {}),
    call('GET', `/webhook%2f${secret.replace('_', '%5F')}`, ''),
    call('GET', `/${secret}`, ''),
  ]);
  expect(JSON.stringify(told)).not.toContain(secret.slice(4));
  await stop();
  const log = lines.join('');
  expect(log).toContain('/tokens');
  expect(log).toMatch(/"variable":"DEVOPSTIC_GITLAB_WEBHOOK_SECRET".*at least 16 characters/);
  for (const hidden of [ADMIN.password, SHORT, wrong, 'a%20wrong', token, secret.slice(4), 'argon2'])
    expect(log).not.toContain(hidden);
});
