import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../start-error.js';
import { isNetworkFault, Refused, Unreachable } from './faults.js';
import { ServiceClient } from './service-client.js';

describe('a client of the service', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const faultOf = (client: ServiceClient) => client.get('/events').catch((cause: unknown) => cause);

  it('takes for away, so that it may be asked again, who is not there or breaks off', async () => {
    answer = (request) => request.socket.destroy();
    expect(await faultOf(new ServiceClient(url))).toBeInstanceOf(Unreachable);
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{');
      setTimeout(() => response.destroy(), 50);
    };
    expect(await faultOf(new ServiceClient(url))).toBeInstanceOf(Unreachable);
    answer = (_, response) => response.writeHead(502).end('<html>');
    expect(await faultOf(new ServiceClient(url))).toBeInstanceOf(Unreachable);
    const cause = await faultOf(new ServiceClient('http://127.0.0.1:10'));
    expect(cause).toBeInstanceOf(Unreachable);
    expect(String(cause)).toContain('ECONNREFUSED): start it first');
  });

  it('does not ask again where it never helps', async () => {
    answer = (_, response) => response.writeHead(200).end('<html>');
    const page = await faultOf(new ServiceClient(url));
    answer = (_, response) => response.writeHead(404).end();
    const nowhere = await faultOf(new ServiceClient(url));
    const closed = await faultOf(new ServiceClient('http://127.0.0.1:6666'));
    const secure = await faultOf(new ServiceClient(url.replace('http', 'https')));
    for (const cause of [page, nowhere, closed, secure]) {
      expect(cause).toBeInstanceOf(StartError);
      expect(cause).not.toBeInstanceOf(Unreachable);
      expect(String(cause)).toContain('say with --url where');
    }
    expect(nowhere).toBeInstanceOf(Refused);
    expect(String(closed)).toContain('bad port');
  });

  it('takes a time-out for one of the network', async () => {
    const late = await fetch(url, { signal: AbortSignal.timeout(0) }).catch((cause: unknown) => cause);
    expect(isNetworkFault(late)).toBe(true);
  });

  it('refuses a URL with a password in it, without repeating that', () => {
    expect(() => new ServiceClient('http://ada:secret@127.0.0.1')).toThrow(/^The URL of the service must not hold/);
  });
});
