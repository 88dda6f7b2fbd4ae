import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { jest } from '@jest/globals';
import { connectionOptions } from './connection.js';
import { dataSourceOptions } from './data-source.js';
import { faultOf } from './database-fault.js';
import { type PoolName, POOLS } from './pools.js';
import { serviceDriver } from './service-pool.js';

const database = { host: '127.0.0.1', port: 1, name: 'd', user: 'u', password: 'p', ssl: 'off' } as const;
const waitOf = (pool: PoolName) => {
  const options = dataSourceOptions(database, () => undefined, pool);
  return options.type === 'postgres' ? options.connectTimeoutMS : null;
};

describe('a pool of connections', () => {
  afterEach(() => jest.useRealTimers());

  it('has whoever works in the background wait for a free one as long as it takes', () => {
    expect([waitOf('write'), waitOf('read'), waitOf('replay'), waitOf('work')]).toEqual([
      5000,
      10_000,
      5000,
      undefined,
    ]);
  });

  it('gives up a new one that does not come about all the same', async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => sockets.push(socket)).listen(0, database.host);
    await once(silent, 'listening');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const { port } = silent.address() as AddressInfo;
    const pool = new serviceDriver.Pool({ ...connectionOptions({ ...database, port }, POOLS.work), max: 1 });
    try {
      const failed = pool.connect().catch(faultOf);
      jest.advanceTimersByTime(5000);
      expect(await failed).toBe('away');
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
      await pool.end();
    }
  });
});
