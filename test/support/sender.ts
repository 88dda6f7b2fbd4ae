import type { ModelEvent } from './model/event.js';

/** A sender of events: one address, one credential. */
export class Sender {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** One request an event; the statuses of the answers. */
  async send(event: ModelEvent): Promise<number> {
    return (await this.post('/events', event)).status;
  }

  async sendBatch(events: ModelEvent[]): Promise<BatchAnswer> {
    const response = await this.post('/events/batch', events);
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return response.json();
  }

  async get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, { headers: this.headers() });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return response.json();
  }

  private post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { ...this.headers(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}

export interface BatchAnswer {
  accepted: number;
  duplicates: number;
  rejected: number;
  errors: unknown[];
}
