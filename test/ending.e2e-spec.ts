import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { ROOT } from './support/documents.js';
import { endLater } from './support/ending.js';
import { temporaryFolder } from './support/temporary-folder.js';

// It starts jest, and a PostgreSQL.
jest.setTimeout(180_000);

/** Fails with all open that a test can begin. */
const FAILING = `
  import { writeFileSync } from 'node:fs';
  import { createServer } from 'node:http';
  import { createDatabase, environmentOf, startApp } from './app.js';
  import { run } from './cli.js';
  import { listening } from './listening.js';
  import { aClient, startPostgres } from './postgres.js';

  it('fails', async () => {
    const postgres = await startPostgres();
    const client = await aClient(postgres.database);
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    const app = await startApp();
    const program = run(['serve'], environmentOf(await createDatabase()));
    await program.says(/DevOpstic is running/);
    const port = await listening(createServer());
    writeFileSync(process.env['TOLD'], JSON.stringify({ pids: [program.pid, rows[0].pid], urls: [app.url, 'http://127.0.0.1:' + port] }));
    expect(app.url).toBe('somewhere else');
  });
`;

/** Runs these tests by jest, from a file beside what they import. */
async function jestOn(tests: string, environment: Record<string, string>): Promise<{ output: string; code: unknown }> {
  const file = join(ROOT, `test/support/failing-${process.pid}.e2e-spec.ts`);
  writeFileSync(file, tests);
  endLater(() => rmSync(file, { force: true }));
  const { PATH = '', HOME = '' } = process.env;
  const words = [
    '--experimental-vm-modules',
    '--no-warnings=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    file,
  ];
  const child = spawn(process.execPath, words, { cwd: ROOT, env: { PATH, HOME, ...environment } });
  endLater(() => child.kill('SIGTERM'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { output, code };
}

it('a test that fails leaves nothing running and nothing in the temporary folder, and jest ends', async () => {
  const folder = temporaryFolder();
  const told = join(temporaryFolder(), 'told.json');
  const { output, code } = await jestOn(FAILING, { TMPDIR: folder, TOLD: told });
  expect(output).toMatch(/Expected: "somewhere else"/);
  expect(output).not.toMatch(/did not exit|failed to exit|open handle|Not ended|have left/);
  expect(code).toBe(1);
  const { pids, urls } = JSON.parse(readFileSync(told, 'utf8')) as { pids: number[]; urls: string[] };
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(readdirSync(folder).filter((name) => name.startsWith('devopstic'))).toEqual([]);
});
