import { createDatabase, dropDatabase, environmentOf } from './support/app.js';
import { run } from './support/cli.js';

const REQUESTS = 400;

it('all lines are written that were logged right before the service ends', async () => {
  const database = await createDatabase();
  const program = run(['serve'], { ...environmentOf(database), DEVOPSTIC_LOG_LEVEL: 'info' });
  const [, url = ''] = await program.says(/API +(\S+)/);
  const ids = Array.from({ length: REQUESTS }, (_, index) => `request-${index}`);
  const answers = ids.map((id) => fetch(`${url}/pipelines`, { headers: { 'x-request-id': id } }));
  for (const answer of await Promise.all(answers)) expect(answer.status).toBe(401);
  program.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  const lines = program.stdout().trim().split('\n');
  const logged = lines.map((line) => JSON.parse(line) as { msg: string; request_id?: string });
  const told = logged.flatMap(({ request_id }) => request_id ?? []);
  expect(told.toSorted()).toEqual(ids.toSorted());
  expect(logged.at(-1)?.msg).toBe('stopped');
  await dropDatabase(database);
});
