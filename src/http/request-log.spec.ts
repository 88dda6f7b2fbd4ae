import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { logRequests } from './request-log.js';

let server: FastifyInstance;
const lines: Record<string, unknown>[] = [];
/** Whichever `localhost` is here. */
const LOOPBACK: unknown = expect.stringMatching(/^(127\.0\.0\.1|::1)$/);
beforeAll(async () => {
  server = fastify();
  logRequests(server, pino({}, { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) }));
  server.post('/events', () => ({}));
  await server.listen({ port: 0 });
});
afterAll(() => server.close());
beforeEach(() => (lines.length = 0));

function post(length: number) {
  const { port } = server.server.address() as AddressInfo;
  const headers = { 'content-type': 'application/json', 'content-length': length };
  return request({ port, method: 'POST', path: '/events?token=secret', headers });
}

it('tells of a request that is answered, once', async () => {
  const sending = post(2);
  sending.end('{}');
  const [answer] = (await once(sending, 'response')) as [NodeJS.ReadableStream];
  answer.resume();
  await once(answer, 'close');
  server.server.closeAllConnections();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(lines).toMatchObject([
    { msg: 'request', method: 'POST', path: '/events', route: '/events', address: LOOPBACK, status: 200 },
  ]);
});

it('tells of a request whose sender goes away', async () => {
  const arrived = once(server.server, 'request');
  const sending = post(100);
  sending.on('error', () => undefined);
  sending.write('{');
  await arrived;
  sending.destroy();
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lines).toMatchObject([{ msg: 'request broken off', address: LOOPBACK, method: 'POST', path: '/events' }]);
});
