import { jest } from '@jest/globals';
import { fastify } from 'fastify';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { leaveBodies } from './body.js';
import { BodyReader } from './body-reader.js';
import type { BodyStream } from './body-stream.js';
import { tendConnections } from './connections.js';

describe('a body that is read as it comes', () => {
  const server = fastify({ requestTimeout: 0 });
  let socket: Socket;
  beforeAll(async () => {
    const bodies = new BodyReader();
    leaveBodies(server);
    tendConnections(server, bodies);
    server.post('/', { config: { body: { ndjson: true } } }, async (request, reply) => {
      const { value, letGo } = await bodies.read(request, reply);
      const chunks = (value as BodyStream)[Symbol.asyncIterator]();
      await chunks.next();
      await new Promise((resolve) => setTimeout(resolve, 50));
      // As a reader that is one ahead.
      void chunks.next().catch(() => undefined);
      letGo();
      return reply.status(503).send('ended early');
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => socket.destroy());
  afterAll(() => server.close());

  it('is thrown away once its reader has left, for a sender that listens only once it has sent it', async () => {
    const length = 16 * 1024 * 1024;
    socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${length}\r\n\r\n`,
    );
    await new Promise<void>((resolve, reject) => {
      socket.on('close', () => reject(new Error('closed before all was sent')));
      socket.on('error', reject);
      socket.write(Buffer.alloc(length, ' '), () => resolve());
    });
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(String(bytes)).toMatch(/^HTTP\/1.1 503 /);
  });
});

describe('a body that is read as a whole', () => {
  const server = fastify({ requestTimeout: 0 });
  let sockets: Socket[] = [];
  beforeAll(async () => {
    const bodies = new BodyReader();
    leaveBodies(server);
    tendConnections(server, bodies);
    server.post('/', async (request, reply) => {
      await bodies.read(request, reply);
      return 'taken';
    });
    await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => server.close());
  afterEach(() => {
    jest.useRealTimers();
    for (const socket of sockets) socket.destroy();
    sockets = [];
  });

  /** Sends the beginning of a request, and waits until the service has it. */
  async function begin(body: string, length: number): Promise<Socket> {
    const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(socket);
    const begun = once(server.server, 'request');
    socket.write(
      `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`,
    );
    await begun;
    socket.write(body);
    return socket;
  }

  async function heard(socket: Socket): Promise<string> {
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    return String(bytes);
  }

  it('must come in within two minutes, or its connection is closed', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const socket = await begin('{', 10);
    const answer = heard(socket);
    jest.advanceTimersByTime(121_000);
    expect(await answer).toMatch(/^HTTP\/1.1 408 /);
    while (jest.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    jest.advanceTimersByTime(6000);
    await once(socket, 'close');
  });

  it('leaves a connection alone that stays open after it', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const socket = await begin('{}', 2);
    expect(await heard(socket)).toMatch(/^HTTP\/1.1 200 /);
    expect(jest.getTimerCount()).toBe(0);
  });
});
