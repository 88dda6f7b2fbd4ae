import type { EventBody } from '../../events/event.js';
import { UNSCOPED } from '../../scope/scope.js';
import { readGithub } from '../../webhooks/github/github.reader.js';
import { defaultBranchOf, pipelineOf, type PipelineNaming } from '../../webhooks/github/repository.js';
import { MalformedPayload, Payload } from '../../webhooks/payload.js';
import { withinLimits } from '../../events/within-limits.js';
import type { ImportItem } from '../import-item.js';
import type { GithubApi, Raw } from './github-api.js';

/** A repository of which the past is read. */
export class GithubRepository {
  readonly pipeline_id: string;
  readonly default_branch: string;

  private constructor(
    readonly api: GithubApi,
    /** Milliseconds since 1970. */
    readonly since: number,
    private readonly naming: PipelineNaming,
    private readonly raw: Raw,
  ) {
    const payload = new Payload({ repository: raw });
    this.pipeline_id = pipelineOf(payload, naming);
    this.default_branch = defaultBranchOf(payload, UNSCOPED);
  }

  static async read(api: GithubApi, since: number, naming: PipelineNaming): Promise<GithubRepository> {
    return new GithubRepository(api, since, naming, await api.one(''));
  }

  isBefore(time: string): boolean {
    return Date.parse(time) < this.since;
  }

  /**
   * What the webhook's own reader makes of it. What the REST API answers has the form of what is in the webhook's
   * payloads, so both tell the same events, which are recorded once.
   */
  translated(place: string, event_name: string, payload: Raw): ImportItem[] {
    try {
      const delivery = { event_name, payload: new Payload({ ...payload, repository: this.raw }) };
      const reading = readGithub(delivery, UNSCOPED, this.naming);
      return 'events' in reading ? itemsOf(place, reading.events) : [];
    } catch (cause) {
      if (cause instanceof MalformedPayload) return [{ place, unreadable: cause.message }];
      throw cause;
    }
  }
}

export function itemsOf(place: string, events: readonly EventBody[]): ImportItem[] {
  return events.map((event) => ({ place, event: withinLimits(event) }));
}
