import { createHmac, randomUUID } from 'node:crypto';

export const GITHUB_SECRET = 'a secret of this test';

export interface SendOptions {
  /** GitHub's id of the delivery; new unless given. */
  delivery?: string;
  secret?: string;
  form?: boolean;
  /** Replaces headers; undefined takes one away. */
  headers?: Record<string, string | undefined>;
}

export interface Sent {
  status: number;
  type: string | null;
  retry_after: string | null;
  body: {
    outcome?: string;
    event_ids?: string[];
    reason?: string | null;
    detail?: string;
    errors?: { pointer: string }[];
  };
}

/** Sends what GitHub would send, signed as GitHub signs. */
export class GithubSender {
  constructor(private readonly url: string) {}

  send(event: string, payload: unknown, options: SendOptions = {}): Promise<Sent> {
    const json = JSON.stringify(payload);
    return this.sendRaw(event, options.form ? new URLSearchParams({ payload: json }).toString() : json, options);
  }

  async sendRaw(event: string, raw: string | Buffer, options: SendOptions = {}): Promise<Sent> {
    const headers = {
      'content-type': options.form ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-github-event': event,
      'x-github-delivery': options.delivery ?? randomUUID(),
      'x-hub-signature-256': signatureOf(raw, options.secret),
      ...options.headers,
    };
    const given = Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined);
    const body = typeof raw === 'string' ? raw : new Uint8Array(raw);
    const response = await fetch(`${this.url}/github/events`, { method: 'POST', headers: given, body });
    const [type, retry_after] = ['content-type', 'retry-after'].map((name) => response.headers.get(name));
    return {
      status: response.status,
      type: type ?? null,
      retry_after: retry_after ?? null,
      body: (await response.json()) as Sent['body'],
    };
  }
}

export function signatureOf(raw: string | Buffer, secret = GITHUB_SECRET, algorithm = 'sha256'): string {
  return `${algorithm}=${createHmac(algorithm, secret).update(raw).digest('hex')}`;
}
