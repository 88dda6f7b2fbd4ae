import { setTimeout as sleep } from 'node:timers/promises';
import { Revival } from './revival.js';

it('a server that cannot be started at first is tried again, until it lives', async () => {
  // That of a process that has died: no other has this number.
  const server: { pid: number | null } = { pid: 2 ** 30 };
  let attempts = 0;
  const start = async (): Promise<void> => {
    server.pid = null;
    if (++attempts < 3) throw new Error('no space left on the disk');
    server.pid = process.pid;
    await Promise.resolve();
  };
  const revival = new Revival(server, start, () => undefined);
  while (server.pid !== process.pid) await sleep(50);
  await revival.stop();
  expect(attempts).toBe(3);
});
