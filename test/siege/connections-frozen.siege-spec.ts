import { jest } from '@jest/globals';
import { createDatabase, environmentOf } from '../support/app.js';
import { Besieged } from './support/besieged.js';
import { FrozenLink } from './support/frozen-link.js';
import { everySender } from './support/parcels.js';
import { SIEGE_MS } from './support/rounds.js';
import { Storm } from './support/storm.js';
import { NOTHING_HAPPENED, verdictOn } from './support/verdict.js';

jest.setTimeout(SIEGE_MS);

describe('connections to PostgreSQL that fall silent under load', () => {
  it('are given up, and what was on its way is stored by others, once', async () => {
    const database = await createDatabase();
    const link = await FrozenLink.to(database);
    const service = await Besieged.on(environmentOf(link.database));
    await service.start();
    const storm = new Storm(everySender(await service.key()), [service.url]);
    await storm.acknowledges(300);
    link.freeze();
    expect((await fetch(`${service.url}/health`)).status).toBe(200);
    link.passNew();
    await storm.isTurnedAway(1);
    await storm.acknowledges(300);
    const verdict = await verdictOn('every connection frozen', await storm.end(), database);
    expect(verdict).toEqual(NOTHING_HAPPENED);
  });
});
