import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchResult } from '../events/batch-intake.js';
import type { EventBody } from '../events/event.js';
import type { ProblemBody } from '../http/problem.js';
import { StartError } from '../start-error.js';

const ATTEMPTS = 6;
const PATIENCE_MS = 60_000;
/** Answers of a service, or of a proxy before it, that is not there at the moment. */
const AWAY = new Set([429, 502, 503, 504]);

interface Sent {
  method: 'GET' | 'POST';
  body?: string;
  type?: string;
}

/** The service cannot be reached, or cannot answer now. Nothing is wrong with what was sent: it may be sent again. */
export class ServiceAway extends StartError {}

/** A DevOpstic as its senders see it: over HTTP. Every fault becomes a sentence for whoever runs the command. */
export class ServiceClient {
  private credential: string | null = null;
  readonly url: string;

  constructor(url: string) {
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new StartError(`${url} is not an http or https URL`);
    this.url = url.replace(/\/+$/, '');
  }

  /** Fails unless a DevOpstic answers that has its database. */
  async greet(): Promise<void> {
    const answer = await this.request('/health/ready', { method: 'GET' });
    if (!answer.ok) throw await this.refusal('/health/ready', answer);
  }

  useCredential(credential: string): void {
    this.credential = credential;
  }

  async logIn(username: string, password: string): Promise<void> {
    const { token } = await this.post<{ token: string }>('/tokens', JSON.stringify({ username, password }));
    this.credential = token;
  }

  async get<T>(path: string): Promise<T> {
    return this.answerOf<T>(path, { method: 'GET' });
  }

  /** Whether it was new; a known one is as well. */
  async send(event: EventBody): Promise<boolean> {
    const answer = await this.request('/events', { method: 'POST', body: JSON.stringify(event) });
    if (!answer.ok) throw await this.refusal('/events', answer);
    return answer.status === 201;
  }

  async sendBatch(events: readonly EventBody[], as: 'array' | 'ndjson'): Promise<BatchResult> {
    if (as === 'array') return this.post('/events/batch', JSON.stringify(events));
    return this.sendLines(events.map((event) => JSON.stringify(event)));
  }

  /** Events that are lines of JSON already. */
  async sendLines(lines: readonly string[]): Promise<BatchResult> {
    return this.post('/events/batch', lines.map((line) => `${line}\n`).join(''), 'application/x-ndjson');
  }

  private post<T>(path: string, body: string, type?: string): Promise<T> {
    return this.answerOf<T>(path, { method: 'POST', body, ...(type ? { type } : {}) });
  }

  private async answerOf<T>(path: string, sent: Sent): Promise<T> {
    const answer = await this.request(path, sent);
    if (!answer.ok) throw await this.refusal(path, answer);
    try {
      return (await answer.json()) as T;
    } catch (cause) {
      throw new ServiceAway(`${this.url}${path} broke off its answer (${reasonOf(cause)})`);
    }
  }

  /** When it is asked to come back, it does, a few times: every event may be sent again. */
  private async request(path: string, sent: Sent): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.requestOnce(path, sent);
      const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
      if (answer.status !== 503 || !(wait <= 10) || attempt === ATTEMPTS) return answer;
      await sleep(wait * 1000);
    }
  }

  private async requestOnce(path: string, { method, body, type = 'application/json' }: Sent): Promise<Response> {
    const headers = {
      ...(this.credential === null ? {} : { authorization: `Bearer ${this.credential}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      return await fetch(this.url + path, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    } catch (cause) {
      throw new ServiceAway(
        `No service answers at ${this.url} (${reasonOf(cause)}): start it first, or say with --url where it is`,
      );
    }
  }

  private async refusal(path: string, answer: Response): Promise<StartError> {
    const problem = (await answer.json().catch(() => null)) as Partial<ProblemBody> | null;
    const detail = problem?.detail ?? 'it does not look like DevOpstic: say with --url where that is';
    const Refusal = AWAY.has(answer.status) ? ServiceAway : StartError;
    return new Refusal(`${this.url}${path} answered ${answer.status}: ${detail}`);
  }
}

function reasonOf(cause: unknown): string {
  const { cause: inner, message } = cause as { cause?: { code?: string; message?: string }; message: string };
  return inner?.code ?? inner?.message ?? message;
}
