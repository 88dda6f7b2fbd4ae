import { setTimeout as sleep } from 'node:timers/promises';
import type { BatchResult } from '../events/batch-intake.js';
import type { EventBody, StoredEvent } from '../events/event.js';
import type { ProblemBody } from '../http/problem.js';
import { StartError } from '../start-error.js';
import type { ReplayBody } from '../webhooks/replay.body.js';
import type { ReplayView } from '../webhooks/replay.view.js';
import { checkedCredential } from './credential.js';
import { Busy, isNetworkFault, isTimeOut, reasonOf, Refused, Unreachable } from './faults.js';

const ATTEMPTS = 6;
/** For one answer; and for all attempts. */
const PATIENCE_MS = 60_000;
const PERSISTENCE_MS = 120_000;
const REPLAY_PATIENCE_MS = 3_600_000;
/** As long as fetch itself waits for an answer to begin. */
export const BATCH_PATIENCE_MS = 300_000;
const SIGN_OF_LIFE_MS = 10_000;
/** The header of its answers tells no parts of a second. */
const CLOCK_STEP_MS = 1000;
const LONGEST_PAUSE_S = 10;
/** Not there for a moment: the service while its database is away, or whatever stands before it while it restarts. */
const AWAY = [429, 502, 503, 504];
const NO_DEVOPSTIC = 'it does not look like DevOpstic: say with --url where that is';

interface Sent {
  method: 'GET' | 'POST';
  body?: string;
  type?: string;
  patience_ms?: number;
  /** Added to the path whenever it is sent again. */
  again?: string;
}

interface Answered<T> {
  status: number;
  told: T;
}

/** A DevOpstic as its senders see it: over HTTP. Every fault becomes a sentence for whoever runs the command. */
export class ServiceClient {
  private credential: string | null = null;
  /** How much the clock of the service is ahead of ours. */
  private ahead_ms = 0;
  readonly url: string;

  /** @param onRetry makes it try again where nobody answers, too, and is told so: for jobs that nobody watches */
  constructor(
    url: string,
    private readonly onRetry: ((reason: string) => void) | null = null,
  ) {
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw new StartError(`${url} is not an http or https URL`);
    const { username, password } = new URL(url);
    if (username !== '' || password !== '') throw new StartError('The URL of the service must not hold a password');
    this.url = url.replace(/\/+$/, '');
  }

  /** Fails unless a DevOpstic answers that has its database. */
  async greet(): Promise<void> {
    const answer = await this.request('/health/ready', { method: 'GET' });
    if (!answer.ok) throw await this.refusal('/health/ready', answer);
  }

  useCredential(credential: string): void {
    this.credential = checkedCredential(credential, 'The key');
  }

  async logIn(username: string, password: string): Promise<void> {
    const body = JSON.stringify({ username, password });
    const { told } = await this.ask<{ token: string }>('/tokens', { method: 'POST', body });
    this.credential = told.token;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.ask<T>(path, { method: 'GET' })).told;
  }

  /** The event as it is stored, now or before. */
  async store(event: EventBody): Promise<{ created: boolean; event: StoredEvent }> {
    const { status, told } = await this.ask<StoredEvent>('/events', { method: 'POST', body: JSON.stringify(event) });
    return { created: status === 201, event: told };
  }

  /** By the clock of the service, or a moment before. */
  get now(): Date {
    return new Date(Date.now() + this.ahead_ms - CLOCK_STEP_MS);
  }

  /** Whether it is there at all, with its database or without. */
  async isAlive(): Promise<boolean> {
    const health = this.requestOnce('/health', { method: 'GET', patience_ms: SIGN_OF_LIFE_MS });
    return health.then(({ ok }) => ok).catch(() => false);
  }

  async sendBatch(events: readonly EventBody[]): Promise<BatchResult> {
    return this.sendLines(events.map((event) => JSON.stringify(event)));
  }

  /**
   * Events that are lines of JSON already.
   * @param repeated_since when they were sent first, if it is not known what became of that
   */
  async sendLines(
    lines: readonly string[],
    repeated_since: Date | null = null,
    patience_ms = BATCH_PATIENCE_MS,
  ): Promise<BatchResult> {
    const body = lines.map((line) => `${line}\n`).join('');
    const again = `?repeated_since=${(repeated_since ?? this.now).toISOString()}`;
    const path = `/events/batch${repeated_since === null ? '' : again}`;
    const sent = { method: 'POST' as const, body, type: 'application/x-ndjson', patience_ms };
    return (await this.ask<BatchResult>(path, repeated_since === null ? { ...sent, again } : sent)).told;
  }

  /** As long as it takes: it may be about a great many deliveries. */
  async replay(body: Partial<Record<keyof ReplayBody, unknown>>): Promise<ReplayView> {
    const sent = { method: 'POST' as const, body: JSON.stringify(body), patience_ms: REPLAY_PATIENCE_MS };
    return (await this.ask<ReplayView>('/webhook-deliveries/replay', sent)).told;
  }

  private async ask<T>(path: string, sent: Sent): Promise<Answered<T>> {
    const answer = await this.request(path, sent);
    if (!answer.ok) throw await this.refusal(path, answer);
    try {
      return { status: answer.status, told: (await answer.json()) as T };
    } catch (cause) {
      if ((cause as Error).name === 'SyntaxError')
        throw new StartError(`${this.url}${path} answered ${answer.status}: ${NO_DEVOPSTIC}`);
      throw new Unreachable(`${this.url}${path} broke off its answer (${reasonOf(cause)})`);
    }
  }

  /** When it is asked to come back, it does, a few times: every event may be sent again. */
  private async request(path: string, sent: Sent): Promise<Response> {
    const until = Date.now() + PERSISTENCE_MS;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.requestOnce(attempt === 1 ? path : path + (sent.again ?? ''), sent).catch(
        (cause: unknown) => {
          if (cause instanceof Unreachable) return cause;
          throw cause;
        },
      );
      const pause = this.pauseAfter(answer, attempt);
      if (pause !== null && attempt < ATTEMPTS && Date.now() < until) {
        const silent = answer instanceof Busy ? 'has not answered yet' : 'does not answer';
        const reason = answer instanceof Unreachable ? silent : `answered ${answer.status}`;
        this.onRetry?.(`${this.url} ${reason}: trying again in ${pause} s`);
        await sleep(pause * 1000);
      } else if (answer instanceof Unreachable) {
        throw answer;
      } else {
        return answer;
      }
    }
  }

  /** Seconds until the next attempt; null: there is none. */
  private pauseAfter(answer: Response | Unreachable, attempt: number): number | null {
    const patient = this.onRetry !== null ? Math.min(2 ** (attempt - 1), LONGEST_PAUSE_S) : null;
    if (answer instanceof Unreachable) return patient;
    if (!AWAY.includes(answer.status)) return null;
    const asked = Number(answer.headers.get('retry-after') ?? Number.NaN);
    return asked <= LONGEST_PAUSE_S ? asked : patient;
  }

  private async requestOnce(path: string, sent: Sent): Promise<Response> {
    const { method, body, type = 'application/json', patience_ms = PATIENCE_MS } = sent;
    const headers = {
      ...(this.credential === null ? {} : { authorization: `Bearer ${this.credential}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
    };
    const signal = AbortSignal.timeout(patience_ms);
    try {
      const answer = await fetch(this.url + path, { method, headers, signal, ...(body === undefined ? {} : { body }) });
      const at = Date.parse(answer.headers.get('date') ?? '');
      if (!Number.isNaN(at)) this.ahead_ms = at - Date.now();
      return answer;
    } catch (cause) {
      if (isTimeOut(cause)) throw new Busy(`The service at ${this.url} is busy: it has not answered yet`);
      const message = `No service answers at ${this.url} (${reasonOf(cause)})`;
      if (!isNetworkFault(cause)) throw new StartError(`${message}: say with --url where it is`);
      throw new Unreachable(`${message}: start it first, or say with --url where it is`);
    }
  }

  private async refusal(path: string, answer: Response): Promise<StartError> {
    const problem = (await answer.json().catch(() => null)) as Partial<ProblemBody> | null;
    const detail = problem?.detail ?? NO_DEVOPSTIC;
    const faults = (problem?.errors ?? []).map((error) => `${error.pointer.slice(1)} ${error.detail}`.trim());
    const message = `${this.url}${path} answered ${answer.status}: ${[detail, ...faults].join('; ')}`;
    return AWAY.includes(answer.status) ? new Unreachable(message) : new Refused(message, answer.status);
  }
}
