import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { StoredEvent } from '../src/events/event.js';
import { startApp, type TestApp } from './support/app.js';
import { finish } from './support/cli.js';
import { listening } from './support/listening.js';
import { temporaryFolder } from './support/temporary-folder.js';

// It starts the program many times.
jest.setTimeout(120_000);

interface Answer {
  outcome: string;
  event: StoredEvent;
}

describe('devopstic event', () => {
  let app: TestApp;
  let cwd: string;
  beforeAll(async () => {
    app = await startApp();
    cwd = temporaryFolder();
  });
  afterAll(() => app.close());

  /** As a job runs it: with the service and a key, and nothing else. */
  const event = (words: string[], environment: Record<string, string> = {}) =>
    finish(['event', ...words], { DEVOPSTIC_URL: app.url, DEVOPSTIC_KEY: app.admin, ...environment }, { cwd });

  it.each([
    [
      'commit --pipeline shop --commit c1 --parents a b --author octocat --pull-request 7 --status success ' +
        '--timestamp 1772447400 --landed-at 2026-03-02T10:31:00Z --landed-head c2 --reverts b --outside --rework --id e1 --link https://git.example.com/c1',
      {
        id: 'e1',
        type: 'commit',
        pipeline_id: 'shop',
        status: 'success',
        commit_id: 'c1',
        parents: ['a', 'b'],
        author: 'octocat',
        pull_request_id: 7,
        timestamp: '2026-03-02T10:30:00.000Z',
        timestamp_inferred: false,
        landed_at: '2026-03-02T10:31:00.000Z',
        landed_head: 'c2',
        reverts: ['b'],
        outside: true,
        rework: true,
        url: 'https://git.example.com/c1',
      },
    ],
    [
      'submit --pipeline shop --commit c1 --pull-request 7 --parents a --author octocat',
      { type: 'submit', pull_request_id: 7, parents: ['a'], author: 'octocat' },
    ],
    [
      'review --pipeline shop --pull-request 7 --status success --review-id 80 --commit c1 --author grace',
      { type: 'review', pull_request_id: 7, status: 'success', review_id: '80', commit_id: 'c1', author: 'grace' },
    ],
    ['approve --pipeline shop --commit c2 --pull-request 7 --parents c1', { type: 'approve', parents: ['c1'] }],
    [
      'deploy --pipeline shop --environment qa --status canceled --commit c2 --deployment-id 4711 --commits c1 c0 ' +
        '--rollback --rework --pull-request 7 --no-git',
      {
        type: 'deploy',
        status: 'canceled',
        environment: 'qa',
        commit_id: 'c2',
        deployment_id: '4711',
        commits: ['c1', 'c0'],
        rollback: true,
        rework: true,
      },
    ],
    [
      'incident --pipeline shop --incident INC-7 --status failure --environment qa --deployment-id 4711 --commit c2',
      { type: 'incident_status_change', incident_id: 'INC-7', deployment_id: '4711', commit_id: 'c2' },
    ],
  ])('sends %s', async (words, stored) => {
    const before = Date.now();
    const { code, stdout, stderr } = await event([...words.split(' '), '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const told = JSON.parse(stdout) as Answer;
    expect(told).toMatchObject({ outcome: 'stored', event: stored });
    const { items } = (await (await app.request('GET', `/events?limit=1000`)).json()) as { items: StoredEvent[] };
    expect(items).toContainEqual(told.event);
    const now = 'timestamp' in stored || Date.parse(told.event.timestamp) >= before;
    expect([now, told.event.timestamp_inferred]).toEqual([true, false]);
  });

  it('is told again under its id without harm, and says what contradicts', async () => {
    const words = ['incident', '--pipeline', 'shop', '--incident', 'INC-8', '--id', 'INC-8 opened', '--status'];
    expect((await event([...words, 'failure'])).stdout).toMatch(
      /^Stored: incident_status_change of shop, INC-8, failure, at 2/,
    );
    expect(await event([...words, 'failure'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Known already: /),
    });
    expect(await event([...words, 'success'])).toEqual({
      code: 1,
      stdout: '',
      stderr:
        `devopstic: ${app.url}/events answered 409: The event contradicts one that is stored; ` +
        'id an event with this id and other content is already stored\n',
    });
  });

  it.each([
    [
      'commit --pipeline shop --commit c1 --timestamp 1772447400000',
      1,
      'timestamp looks like milliseconds: give seconds',
    ],
    [
      'commit --pipeline shop --commit c1 --timestamp yesterday',
      1,
      'timestamp must be integer epoch seconds or an RFC',
    ],
    ['commit --pipeline shop --commit c1 --link here', 1, 'url must be an http or https URL'],
    ['deploy --pipeline shop --environment qa --status success', 1, 'Say which commit was deployed: give --commit'],
    ['deploy --pipeline shop --environment qa --status success --git nowhere', 1, 'git says: fatal: cannot change to'],
    ['deploy --pipeline shop --environment qa --commit c1', 2, "required option '--status <status>' not specified"],
    ['deploy --pipeline shop --environment qa --commit c1 --status passed', 2, 'Allowed choices are success, failure'],
    ['submit --pipeline shop --commit c1 --pull-request seven', 2, 'It must be a number.'],
    ['commit --pipeline shop --commit c1 --environment qa', 2, "unknown option '--environment'"],
  ])('refuses %s with %d', async (words, code, message) => {
    const refused = await event(words.split(' '));
    expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) });
  });

  it('neither sends nor tells a key that holds more than one', async () => {
    const refused = await event(['commit', '--pipeline', 'shop', '--commit', 'c1'], { DEVOPSTIC_KEY: 'dvo_one\nkept' });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^devopstic: The key holds a line break, [^\n]+\n$/);
    expect(refused.stderr).not.toContain('dvo_one');
  });

  it('needs a key, and says how to give one', async () => {
    const words = ['commit', '--pipeline', 'shop', '--commit', 'c1'];
    const none = await event(words, { DEVOPSTIC_KEY: '' });
    expect(none.stderr).toBe('devopstic: Say who you are: set DEVOPSTIC_KEY to an API key\n');
    const wrong = await event(words, { DEVOPSTIC_KEY: 'dvo_wrong' });
    expect([none.code, wrong.code, wrong.stderr]).toEqual([1, 1, expect.stringContaining('answered 401')]);
    expect(existsSync(join(cwd, '.devopstic'))).toBe(false);
  });

  describe('while the service restarts behind a proxy', () => {
    let proxy: Server;
    let failures: ('reset' | 'bad gateway')[];
    beforeAll(async () => {
      proxy = createServer((request, response) => {
        const failure = failures.shift();
        if (failure === 'reset') request.socket.destroy();
        else if (failure === 'bad gateway') response.writeHead(502).end('<html>Bad Gateway</html>');
        else {
          void (async () => {
            const chunks: Buffer[] = [];
            for await (const chunk of request) chunks.push(chunk as Buffer);
            const { authorization = '' } = request.headers;
            const headers = { authorization, 'content-type': 'application/json' };
            const body = Buffer.concat(chunks);
            const answer = await fetch(app.url + request.url, { method: 'POST', headers, body });
            response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
          })();
        }
      });
      await listening(proxy);
    });

    it('tries again, and stores the event once', async () => {
      failures = ['reset', 'bad gateway'];
      const DEVOPSTIC_URL = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      const sent = await event(['commit', '--pipeline', 'patient', '--commit', 'c1'], { DEVOPSTIC_URL });
      expect(sent.stderr).toBe(
        `${DEVOPSTIC_URL} does not answer: trying again in 1 s\n${DEVOPSTIC_URL} answered 502: trying again in 2 s\n`,
      );
      expect({ ...sent, failures }).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Stored: /),
        failures: [],
      });
      expect(await (await app.request('GET', '/events?pipeline=patient')).json()).toMatchObject({ count: 1 });
    });
  });
});
