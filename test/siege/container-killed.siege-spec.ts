import { jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { temporaryFolder } from '../support/temporary-folder.js';
import { Besieged } from './support/besieged.js';
import { databaseIn } from './support/embedded.js';
import { everySender } from './support/parcels.js';
import { ROUNDS, SIEGE_MS } from './support/rounds.js';
import { Storm } from './support/storm.js';
import { NOTHING_HAPPENED, verdictOn } from './support/verdict.js';

jest.setTimeout(SIEGE_MS);

/** Processes of its own, all of which end with the first: as of a container. */
const CONTAINER = ['unshare', '--pid', '--fork', '--kill-child', '--mount', '--mount-proc'];

describe('a container with service and PostgreSQL that is killed under load', () => {
  it('loses and doubles nothing that it acknowledged', async () => {
    if (spawnSync(CONTAINER[0]!, [...CONTAINER.slice(1), 'true']).status !== 0) {
      process.stdout.write('siege: SKIPPED: container killed: that takes root on Linux\n');
      return;
    }
    const data_dir = temporaryFolder();
    const service = await Besieged.on({ DEVOPSTIC_DATA_DIR: data_dir }, CONTAINER);
    await service.start();
    const storm = new Storm(everySender(await service.key()), [service.url]);
    for (let round = 0; round < ROUNDS; round++) {
      await storm.acknowledges(300);
      await service.kill();
      await storm.isTurnedAway(1);
      await service.start();
    }
    await storm.acknowledges(300);
    const verdict = await verdictOn(`container killed ${ROUNDS} times`, await storm.end(), databaseIn(data_dir));
    expect(verdict).toEqual(NOTHING_HAPPENED);
  });
});
