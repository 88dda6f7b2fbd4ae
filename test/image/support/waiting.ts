import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { Container } from './sandbox.js';

/** Waits until it has said this. */
export async function until(container: Container, text: RegExp): Promise<void> {
  let over = false;
  void container.ended.then(() => (over = true));
  while (!text.test(container.output())) {
    if (over) throw new Error(`It ended without saying ${text}:\n${container.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
