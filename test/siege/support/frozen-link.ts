import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { DatabaseConfig } from '../../../src/config/config.js';
import { endLater } from '../../support/ending.js';

/** A way to PostgreSQL that can fall silent: its connections stay open, and nothing passes any more, as behind a firewall. */
export class FrozenLink {
  private readonly sockets = new Set<Socket>();
  private frozen = false;

  private constructor(
    private readonly server: Server,
    private readonly behind: DatabaseConfig,
  ) {
    server.on('connection', (near: Socket) => this.join(near));
  }

  static async to(database: DatabaseConfig): Promise<FrozenLink> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const link = new FrozenLink(server, database);
    endLater(() => link.close());
    return link;
  }

  get database(): DatabaseConfig {
    return { ...this.behind, host: '127.0.0.1', port: (this.server.address() as AddressInfo).port };
  }

  /** From now on nothing passes, on connections that there are or are made meanwhile. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** New connections pass again. Those that were frozen stay silent for ever. */
  passNew(): void {
    this.frozen = false;
  }

  private async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(near: Socket): void {
    const far = connect(this.behind.port, this.behind.host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.on('data', (bytes: Buffer) => other.write(bytes));
      one.on('error', () => undefined);
      one.on('close', () => {
        this.sockets.delete(one);
        other.destroy();
      });
      if (this.frozen) one.pause();
    }
  }
}
