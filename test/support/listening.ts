import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { endLater } from './ending.js';

/** Has it listen at a free port of this machine, which is the answer; closed with the test, or the block of tests, that asked. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  endLater(() => closed(server));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** With the connections that one of HTTP keeps. */
export async function closed(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  if (!server.listening) return;
  const closing = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections?.();
  await closing;
}
