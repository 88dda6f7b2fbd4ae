import { once } from 'node:events';
import { type ClientRequest, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

/** Sends NDJSON piece by piece, and hears the answer whenever it comes. */
export class BatchSender {
  private readonly request: ClientRequest;
  readonly answer: Promise<Answer>;

  constructor(url: string, token: string) {
    this.request = request(`${url}/events/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    });
    this.answer = answerTo(this.request);
    this.answer.catch(() => undefined);
    this.request.flushHeaders();
  }

  /** No faster than it is taken. */
  async send(lines: readonly (object | string)[]): Promise<void> {
    const block = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
    if (!this.request.write(block)) await once(this.request, 'drain');
  }

  async end(): Promise<Answer> {
    this.request.end();
    return this.answer;
  }

  breakOff(): void {
    this.request.destroy();
  }

  /** Settles when the service has closed the connection. */
  async closed(): Promise<void> {
    await once(this.request, 'close');
  }
}

async function answerTo(sent: ClientRequest): Promise<Answer> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const body = JSON.parse(await text(response)) as Record<string, unknown>;
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** So many commits of a pipeline, each of its own. */
export function commits(pipeline_id: string, from: number, to: number): object[] {
  return Array.from({ length: to - from }, (_, i) => ({
    type: 'commit',
    pipeline_id,
    commit_id: `c${from + i}`,
    id: `e${from + i}`,
    timestamp: 1_767_225_600 + from + i,
  }));
}
