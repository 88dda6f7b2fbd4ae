import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase, startApp } from './support/app.js';
import { aClient } from './support/postgres.js';

it('a start deletes all deliveries that were kept for long enough, however many', async () => {
  const database = await createDatabase();
  const client = await aClient(database);
  await client.query(`
    INSERT INTO devopstic.webhook_deliveries (source, delivery_id, event_name, headers, body, received_at)
    SELECT 'github', n::text, 'ping', '{}', '{}', now() - n * interval '1 hour'
    FROM generate_series(1, 300) AS n`);
  const kept = async () =>
    (await client.query<{ count: number }>('SELECT count(*)::int FROM devopstic.webhook_deliveries')).rows[0]?.count;

  await startApp({ DEVOPSTIC_DELIVERY_RETENTION: '2d' }, database);
  while ((await kept()) !== 47) await sleep(20);
  await sleep(100);
  expect(await kept()).toBe(47);
});
