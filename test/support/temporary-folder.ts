import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endLater } from './ending.js';

/** One that the user who runs Postgres can enter, too; removed with the test, or the block of tests, that asked for it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'devopstic-test-'));
  chmodSync(folder, 0o711);
  endLater(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
