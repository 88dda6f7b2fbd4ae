import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endLater } from '../support/ending.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { Besieged } from './support/besieged.js';
import { databaseIn } from './support/embedded.js';
import { everySender } from './support/parcels.js';
import { ROUNDS, SIEGE_MS } from './support/rounds.js';
import { Storm } from './support/storm.js';
import { NOTHING_HAPPENED, verdictOn } from './support/verdict.js';

jest.setTimeout(SIEGE_MS);

/** A disk of its own, in memory, which takes root on Linux: null where there can be none. */
function smallDisk(): string | null {
  const folder = temporaryFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512m,mode=711', 'disk', folder]).status !== 0) return null;
  endLater(() => spawnSync('umount', ['--lazy', folder]));
  return folder;
}

describe('a disk that is full', () => {
  it('is told as a reason to come back, and what was acknowledged before is there after it', async () => {
    const disk = smallDisk();
    if (disk === null) {
      process.stdout.write('siege: SKIPPED: disk full: that takes root on Linux\n');
      return;
    }
    const ballast = join(disk, 'ballast');
    const service = await Besieged.on({ DEVOPSTIC_DATA_DIR: disk });
    await service.start();
    const storm = new Storm(everySender(await service.key()), [service.url]);
    for (let round = 0; round < Math.min(ROUNDS, 5); round++) {
      await storm.acknowledges(300);
      // Ends when there is no room left.
      spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k']);
      await storm.isTurnedAway(20);
      expect((await fetch(`${service.url}/health`)).status).toBe(200);
      rmSync(ballast);
      await service.ready();
    }
    await storm.acknowledges(300);
    const verdict = await verdictOn('disk full', await storm.end(), databaseIn(disk));
    expect(verdict).toEqual(NOTHING_HAPPENED);
  });
});
