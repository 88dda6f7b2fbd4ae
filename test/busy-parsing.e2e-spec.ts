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

describe('while a body is parsed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it.each(HOSTILE)(
    'others are answered: %s',
    async (_what, body) => {
      const text = Buffer.from(body());
      const headers = { authorization: `Bearer ${app.admin}`, 'content-type': 'application/json' };
      const state = { over: false };
      const answer = fetch(`${app.url}/events/batch`, { method: 'POST', headers, body: text }).finally(
        () => (state.over = true),
      );
      // The service runs in this very process: what keeps it busy at a stretch keeps this loop from turning. Counted is the
      // time of the processor, for others may use it as well.
      let longest = 0;
      for (let since = process.cpuUsage(); !state.over; since = process.cpuUsage()) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        const { user, system } = process.cpuUsage(since);
        longest = Math.max(longest, (user + system) / 1000);
      }
      expect([200, 400]).toContain((await answer).status);
      expect(longest).toBeLessThan(1000);
    },
    60_000,
  );
});
