import { jest } from '@jest/globals';
import type { DatabaseConfig } from '../../src/config/config.js';
import { createDatabase, environmentOf } from '../support/app.js';
import { Besieged } from './support/besieged.js';
import { everySender } from './support/parcels.js';
import { ROUNDS, SIEGE_MS } from './support/rounds.js';
import { Storm } from './support/storm.js';
import { NOTHING_HAPPENED, verdictOn } from './support/verdict.js';

jest.setTimeout(SIEGE_MS);

describe('a service that is killed under load', () => {
  let database: DatabaseConfig;
  beforeEach(async () => {
    database = await createDatabase();
  });

  async function started(): Promise<Besieged> {
    const instance = await Besieged.on(environmentOf(database));
    await instance.start();
    return instance;
  }

  it('loses and doubles nothing that it acknowledged', async () => {
    const service = await started();
    const storm = new Storm(everySender(await service.key()), [service.url]);
    for (let round = 0; round < ROUNDS; round++) {
      await storm.acknowledges(300);
      await service.kill();
      await storm.isTurnedAway(1);
      await service.start();
    }
    await storm.acknowledges(300);
    const verdict = await verdictOn(`service killed ${ROUNDS} times`, await storm.end(), database);
    expect(verdict).toEqual(NOTHING_HAPPENED);
  });

  it('loses and doubles nothing as one of two that share a database, and the other goes on', async () => {
    const both = [await started(), await started()];
    const [one] = both;
    const storm = new Storm(
      everySender(await one!.key()),
      both.map(({ url }) => url),
    );
    for (let round = 0; round < ROUNDS; round++) {
      const victim = both[round % 2]!;
      await storm.acknowledges(300);
      await victim.kill();
      await storm.acknowledges(300);
      await victim.start();
    }
    const verdict = await verdictOn(`one of two instances killed ${ROUNDS} times`, await storm.end(), database);
    expect(verdict).toEqual(NOTHING_HAPPENED);
  });
});
