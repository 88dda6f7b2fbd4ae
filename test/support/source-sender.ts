import type { TestApp } from './app.js';
import { aKey } from './people.js';
import type { Sample, SourceSamples } from './source-samples.js';

export interface Answer {
  status: number;
  type: string | null;
  body: { outcome?: string; event_ids?: string[]; reason?: string | null; detail?: string };
}

/** Sends what a provider would send, with its proof. */
export class SourceSender {
  private constructor(
    private readonly app: TestApp,
    private readonly key: string,
  ) {}

  static async start(app: TestApp): Promise<SourceSender> {
    return new SourceSender(app, (await aKey(app)).secret);
  }

  send(source: SourceSamples, sample: Sample): Promise<Answer> {
    const raw = rawOf(sample);
    const proof: Record<string, string> = source.secret ? {} : { authorization: `Bearer ${this.key}` };
    return this.post(source, raw, { ...proof, ...source.headersOf(raw, sample), ...sample.headers });
  }

  /** With a proof that is none: of another body, or a key that nobody has. */
  sendForged(source: SourceSamples, sample: Sample): Promise<Answer> {
    const raw = rawOf(sample);
    const proof: Record<string, string> = source.secret ? {} : { authorization: `Bearer ${otherThan(this.key)}` };
    const forged = { ...source, secret: { variable: '', value: 'a guess' } };
    return this.post(source, raw, { ...proof, ...sample.headers, ...source.headersOf.call(forged, raw, sample) });
  }

  async post({ path }: SourceSamples, raw: string, headers: Record<string, string>): Promise<Answer> {
    const response = await fetch(`${this.app.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: raw,
    });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Answer['body'],
    };
  }

  /** The events of an answer, as samples name them. */
  async eventsOf({ body }: Answer): Promise<string[]> {
    const ids = body.event_ids ?? [];
    const rows = await this.app.dataSource.query<{ id: string; name: string }[]>(
      `SELECT e.id,
         e.type || CASE WHEN e.type IN ('review', 'deploy', 'incident_status_change') THEN ' ' || e.status ELSE '' END AS name
       FROM devopstic.events AS e
       WHERE e.id = ANY ($1)`,
      [ids],
    );
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    return ids.map((id) => names.get(id) ?? 'not stored');
  }
}

function rawOf({ body }: Sample): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function otherThan(key: string): string {
  return key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
}
