import './typescript.mjs';
import 'reflect-metadata';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../../scripts/bundle.js';
import tearDown from './global-teardown.mjs';

/** One Postgres for the whole run, with a migrated database of which every test gets copies; and the program, built. */
export default async function setUp() {
  // The temporary folder of all that the tests start, so that it can be seen what they leave in it.
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'devopstic-tests-'));
  chmodSync(process.env.TMPDIR, 0o711);
  // Jest ends at once when it is broken off.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => void tearDown().finally(() => process.exit(1)));
  try {
    const { startTemplate } = await import('./template.ts');
    const { buildProgram } = await import('./built-program.ts');
    globalThis.stopTestPostgres = await startTemplate();
    globalThis.removeTestProgram = await buildProgram();
    await bundle(dirname(process.env.TEST_PROGRAM));
  } catch (cause) {
    // Jest tears nothing down that was not set up; what is left is told by the cause alone.
    await tearDown().catch(() => undefined);
    throw cause;
  }
}
