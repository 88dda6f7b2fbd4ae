import type { TestApp } from './app.js';
import { aKey } from './people.js';
import type { Sample, SourceSamples } from './source-samples.js';

export interface Answer {
  status: number;
  type: string | null;
  body: { outcome?: string; event_ids?: string[]; reason?: string | null; detail?: string };
}

const A_GUESS = 'a guess';

type Proof = Record<string, string>;

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
    const forged = source.headersOf.call(withSecret(source, A_GUESS), raw, sample);
    return this.post(source, raw, { ...proof, ...sample.headers, ...forged });
  }

  /** With these headers as its proof. */
  sendWith(source: SourceSamples, sample: Sample, proof: Proof): Promise<Answer> {
    return this.post(source, rawOf(sample), { ...proof, ...sample.headers });
  }

  /** Of a sample that is signed: its signature with a wrong one in the same header, and with a character more. */
  proofsOf(source: SourceSamples): { sample: Sample; several: Proof[]; longer: Proof } {
    for (const sample of source.samples) {
      const right = source.headersOf(rawOf(sample), sample);
      const wrong = source.headersOf.call(withSecret(source, A_GUESS), rawOf(sample), sample);
      // A token is no signature.
      const name = Object.keys(right).find((one) => right[one] !== wrong[one] && wrong[one] !== A_GUESS);
      if (name === undefined) continue;
      const [one, other] = [right[name] ?? '', wrong[name] ?? ''];
      const several = [',', ', ', ' '].flatMap((between) => [other + between + one, one + between + other]);
      const longer = one.replaceAll(/[0-9a-f]{64}|[\w+/]{43}=/g, '$&0');
      return {
        sample,
        several: several.map((proof) => ({ ...right, [name]: proof })),
        longer: { ...right, [name]: longer },
      };
    }
    throw new Error(`No sample of ${source.source} is signed`);
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

function withSecret(source: SourceSamples, value: string): SourceSamples {
  return { ...source, secret: { variable: '', value } };
}

function rawOf({ body }: Sample): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function otherThan(key: string): string {
  return key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A');
}
