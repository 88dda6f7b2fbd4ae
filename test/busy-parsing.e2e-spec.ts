import { startApp, type TestApp } from './support/app.js';

const MEBIBYTE = 1024 * 1024;
const many = (unit: string, bytes: number): string => unit.repeat(Math.floor(bytes / unit.length));

/** Bodies of up to 25 MiB that cost most. */
const HOSTILE: [string, () => string][] = [
  ['empty arrays', () => `[${many('[],', 24 * MEBIBYTE)}[]]`],
  ['a million names', () => `[{${Array.from({ length: 900_000 }, (_, n) => `"k${n}":1`).join(',')}}]`],
  [
    'objects that are all of another form',
    () => `[${Array.from({ length: 400_000 }, (_, n) => `{"k${n}":1}`).join(',')}]`,
  ],
  ['deep nesting', () => '['.repeat(12 * MEBIBYTE) + ']'.repeat(12 * MEBIBYTE)],
  ['a long string', () => `["${many('\\u00e9', 24 * MEBIBYTE)}"]`],
];

describe('a body that costs much to parse', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });

  it.each(HOSTILE)('is read or refused, and the service goes on: %s', async (_what, body) => {
    const text = Buffer.from(body());
    const headers = { authorization: `Bearer ${app.admin}`, 'content-type': 'application/json' };
    const answer = await fetch(`${app.url}/events/batch`, { method: 'POST', headers, body: text });
    expect([200, 400]).toContain(answer.status);
    expect((await app.request('GET', '/health')).status).toBe(200);
  });
});
