import { jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf } from '../support/app.js';
import { aClient, startPostgres, type TestPostgres } from '../support/postgres.js';
import { Besieged } from './support/besieged.js';
import { everySender } from './support/parcels.js';
import { ROUNDS, SIEGE_MS } from './support/rounds.js';
import { Storm } from './support/storm.js';
import { NOTHING_HAPPENED, verdictOn } from './support/verdict.js';

jest.setTimeout(SIEGE_MS);

describe('a PostgreSQL that is killed under load', () => {
  let postgres: TestPostgres;
  beforeEach(async () => {
    // What was answered has to outlive the server.
    postgres = await startPostgres({ fsync: 'off', synchronous_commit: 'on', max_connections: '100' });
  });

  async function pidOfServer(): Promise<number> {
    const client = await aClient(postgres.database);
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    await client.end();
    return Number(readFileSync(join(rows[0]?.data_directory ?? '', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  it('leaves all that was acknowledged, once', async () => {
    const service = await Besieged.on(environmentOf(postgres.database));
    await service.start();
    const storm = new Storm(everySender(await service.key()), [service.url]);
    for (let round = 0; round < ROUNDS; round++) {
      await storm.acknowledges(300);
      // By turns the server alone, whose children notice it, and the crash of all of them.
      process.kill(await pidOfServer(), round % 2 === 0 ? 'SIGKILL' : 'SIGQUIT');
      await storm.isTurnedAway(3);
      await postgres.start();
      await service.ready();
    }
    await storm.acknowledges(300);
    const verdict = await verdictOn(`PostgreSQL killed ${ROUNDS} times`, await storm.end(), postgres.database);
    expect(verdict).toEqual(NOTHING_HAPPENED);
  });
});
