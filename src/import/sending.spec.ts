import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Refused, Unreachable } from '../client/faults.js';
import { ServiceClient } from '../client/service-client.js';
import type { ImportItem } from './import-item.js';
import { ImportOutcome } from './import-outcome.js';
import { SILENT } from './import-progress.js';
import { PatientSender } from './receiver.js';
import { sendItems } from './send-items.js';

describe('what an import sends', () => {
  let server: Server;
  let url: string;
  /** What came in, and how each is answered; with 200 in the end. */
  let received: string[];
  let statuses: number[];
  let told: string[];
  let asked: string[];
  /** How many batches it takes without ever answering. */
  let busy: number;
  let alive: boolean;
  beforeEach(async () => {
    [received, statuses, told, asked] = [[], [], [], []];
    [busy, alive] = [0, true];
    server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/health') {
      response.writeHead(alive ? 200 : 500).end();
      return;
    }
    asked.push(request.url ?? '');
    const body = await text(request);
    received.push(body);
    const result = { accepted: body.split('\n').length - 1, duplicates: 0, rejected: 0, errors: [] };
    if (busy-- > 0) return;
    response.writeHead(statuses.shift() ?? 200).end(JSON.stringify(result));
  }

  async function send(items: ImportItem[], patience_ms?: number): Promise<ImportOutcome> {
    const outcome = new ImportOutcome();
    const sender = new PatientSender(new ServiceClient(url), (message) => told.push(message), patience_ms);
    await sendItems(items, sender, outcome, SILENT);
    return outcome;
  }
  const items = (count: number): ImportItem[] =>
    Array.from({ length: count }, (_, i) => ({ place: `line ${i}`, event: i }));

  it('is in batches, of which none is empty', async () => {
    expect(await send(items(1000))).toMatchObject({ sent: 1000, new: 1000 });
    expect(received.map((body) => body.split('\n').length - 1)).toEqual([500, 500]);
    await send([]);
    expect(await send([{ place: 'line 1', unreadable: 'is no JSON' }])).toMatchObject({ sent: 1, rejected: 1 });
    expect(received).toHaveLength(2);
  });

  it('is sent again while the service is away, which is said once', async () => {
    statuses = [502, 503, 504];
    expect(await send(items(1))).toMatchObject({ new: 1 });
    expect(received).toEqual(['0\n', '0\n', '0\n', '0\n']);
    expect(told).toEqual([expect.stringMatching(/answered 502: .*\nWaiting for it, up to 300 s$/)]);
  });

  it('is waited for as long as the service is at work, and then sent again as what it is', async () => {
    busy = 3;
    expect(await send(items(1), 100)).toMatchObject({ new: 1 });
    expect(told).toEqual([expect.stringMatching(/^The service at .* is busy: .*\nWaiting until it is done$/)]);
    const again = expect.stringMatching(/^\/events\/batch\?repeated_since=20/);
    expect(asked).toEqual(['/events/batch', again, again, again]);
  });

  it('is given up where the service neither answers nor lives', async () => {
    [busy, alive] = [9, false];
    await expect(send(items(1), 100)).rejects.toThrow(/is busy/);
  });

  it('is given up after a while, and at once where it is refused', async () => {
    statuses = [503, 503, 503];
    await expect(send(items(1), 100)).rejects.toThrow(Unreachable);
    [statuses, told] = [[403], []];
    await expect(send(items(1))).rejects.toThrow(Refused);
    expect(told).toEqual([]);
  });
});
