import { jest } from '@jest/globals';
import type { DatabaseConfig } from '../src/config/config.js';
import { ADMIN, createDatabase, dropDatabase, environmentOf } from './support/app.js';
import { type Answer, BatchSender, commits } from './support/batch-sender.js';
import { run, type Program } from './support/cli.js';

jest.setTimeout(120_000);

const MEBIBYTE = 1024 * 1024;

describe('the memory of the service', () => {
  let database: DatabaseConfig;
  let program: Program;
  let url: string;
  let token: string;
  beforeAll(async () => {
    database = await createDatabase();
    program = run(['serve'], environmentOf(database));
    url = (await program.says(/API +(\S+)/))[1] ?? '';
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/tokens`, { method: 'POST', headers, body: JSON.stringify(ADMIN) });
    token = ((await answer.json()) as { token: string }).token;
  });
  afterAll(async () => {
    program.kill('SIGTERM');
    await program.ended;
    await dropDatabase(database);
  });

  async function resident(): Promise<number> {
    const text = await (await fetch(`${url}/metrics`)).text();
    return Number(/^process_resident_memory_bytes\S* (\S+)/m.exec(text)?.[1]) / MEBIBYTE;
  }

  /** Sends so many blocks of a mebibyte, made on the way, and says the most memory that was seen meanwhile. */
  async function send(blocks: number): Promise<{ answer: Answer; most: number }> {
    const sending = new BatchSender(url, token);
    // Most of it is long, valid JSON and no event: the database's work is not what is looked at.
    const long = JSON.stringify({ ...commits('memory', 0, 1)[0], nonsense: 'x'.repeat(16_000) });
    const block = [...commits('memory', 0, 20), ...Array.from({ length: 64 }, () => long)];
    let most = 0;
    for (let sent = 0; sent < blocks; sent++) {
      await sending.send(block);
      if (sent % 8 === 0) most = Math.max(most, await resident());
    }
    const answer = await sending.end();
    return { answer, most: Math.max(most, await resident()) };
  }

  it('does not grow with the length of a batch', async () => {
    const { most: before } = await send(24);
    const { answer, most } = await send(160);
    expect({ ...answer.body, errors: [] }).toEqual({
      accepted: 0,
      duplicates: 160 * 20,
      rejected: 160 * 64,
      errors: [],
    });
    expect(most - before).toBeLessThan(50);
  });
});
