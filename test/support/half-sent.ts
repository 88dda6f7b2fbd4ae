import { connect, type Socket } from 'node:net';

export interface Head {
  method?: string;
  path: string;
  headers?: Record<string, string>;
}

/** A request of which its sender holds back a part, on a connection of its own. */
export class HalfSent {
  private heard = '';
  private readonly socket: Socket;
  readonly closed: Promise<unknown>;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.socket.on('data', (chunk: Buffer) => (this.heard += chunk.toString('latin1')));
    // It is reset where the service has closed it.
    this.socket.on('error', () => undefined);
  }

  /** The headers, and nothing after them. */
  head({ method = 'POST', path, headers = {} }: Head): this {
    const lines = Object.entries({ host: 'localhost', ...headers }).map(([name, value]) => `${name}: ${value}`);
    return this.write([`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  }

  write(bytes: string | Buffer): this {
    this.socket.write(bytes);
    return this;
  }

  /** Sends as fast as it is taken, until the connection is closed. Says how much was sent. */
  async flood(): Promise<number> {
    const block = Buffer.alloc(65_536, ' ');
    let sent = 0;
    while (!this.socket.closed) {
      sent += block.length;
      if (!this.socket.write(block)) await this.hears('drain');
    }
    return sent;
  }

  /** The status that it is answered with, and what came with it. */
  async answer(): Promise<{ status: number; text: string }> {
    for (;;) {
      const text = this.heard;
      const [, length] = /\r\ncontent-length: (\d+)/i.exec(text) ?? [];
      const body = text.indexOf('\r\n\r\n') + 4;
      const whole =
        length === undefined ? /^HTTP\/1.1 100 .*\r\n\r\n$/.test(text) : text.length >= body + Number(length);
      if (whole) return { status: Number(text.split(' ')[1]), text };
      await this.hears('data');
      if (this.socket.closed && this.heard === text) throw new Error(`closed after: ${text}`);
    }
  }

  /** Forgets what was answered so far. */
  next(): this {
    this.heard = '';
    return this;
  }

  private hears(what: 'data' | 'drain'): Promise<unknown> {
    return Promise.race([new Promise((resolve) => this.socket.once(what, resolve)), this.closed]);
  }

  end(): void {
    this.socket.destroy();
  }
}
