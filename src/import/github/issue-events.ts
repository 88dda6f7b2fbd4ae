import { Payload } from '../../webhooks/payload.js';
import type { GithubApi, Raw } from './github-api.js';

const KINDS = ['closed', 'reopened', 'ready_for_review', 'convert_to_draft', 'review_dismissed'] as const;

/** What happened to an issue or a pull request, of what matters here. */
export interface IssueEvent {
  kind: (typeof KINDS)[number];
  at: string;
  /** The review that was dismissed, and what it had been. */
  review_id?: number | undefined;
  review_state?: string | undefined;
}

/** What happened to issues and pull requests, told in the order of time. */
export class IssueEvents {
  private readonly events = new Map<number, IssueEvent[]>();

  private constructor(
    private readonly api: GithubApi,
    private readonly since: number,
  ) {}

  /** All of the repository at once: one request for a hundred events, and not one for each pull request. */
  static async read(api: GithubApi, since: number): Promise<IssueEvents> {
    const read = new IssueEvents(api, since);
    for await (const raw of api.list('/issues/events')) {
      const created_at = new Payload(raw).at('created_at').text();
      if (Date.parse(created_at) < since) break;
      const event = eventOf(raw);
      if (event !== null) read.add(new Payload(raw).at('issue', 'number').integer(), event);
    }
    return read;
  }

  /** Of one that is older than what was read, it asks for the events of that one. */
  async of(number: number, created_at: string): Promise<IssueEvent[]> {
    const events = Date.parse(created_at) < this.since ? await this.ask(number) : (this.events.get(number) ?? []);
    return events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  private add(number: number, event: IssueEvent): void {
    this.events.set(number, [...(this.events.get(number) ?? []), event]);
  }

  private async ask(number: number): Promise<IssueEvent[]> {
    const events: IssueEvent[] = [];
    for await (const raw of this.api.list(`/issues/${number}/events`)) {
      const event = eventOf(raw);
      if (event !== null) events.push(event);
    }
    return events;
  }
}

function eventOf(raw: Raw): IssueEvent | null {
  const event = new Payload(raw);
  const told = event.at('event').text();
  const kind = KINDS.find((one) => one === told);
  if (kind === undefined) return null;
  const at = event.at('created_at').text();
  if (kind !== 'review_dismissed') return { kind, at };
  const review = event.at('dismissed_review');
  return {
    kind,
    at,
    review_id: review.at('review_id').optionalInteger(),
    review_state: review.at('state').optionalText(),
  };
}
