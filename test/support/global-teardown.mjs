import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** What is left in the temporary folder of the tests is a fault of one of them. */
export default async function tearDown() {
  await globalThis.stopTestPostgres?.();
  await globalThis.removeTestProgram?.();
  const folder = tmpdir();
  const left = readdirSync(folder);
  rmSync(folder, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`Tests have left in the temporary folder: ${left.join(' ')}`);
}
