import type { Telling } from '../../events/telling.js';
import type { Scope } from '../../scope/scope.js';
import { readGithub } from '../../webhooks/github/github.reader.js';
import { defaultBranchOf, pipelineOf, type PipelineNaming } from '../../webhooks/github/repository.js';
import { MalformedPayload, Payload } from '../../webhooks/payload.js';
import { withinLimits } from '../../events/within-limits.js';
import type { HistoryCommit } from '../history/history-commit.js';
import type { ImportItem } from '../import-item.js';
import type { GithubApi, Raw } from './github-api.js';

/** As whom the scope rules know it. */
const SOURCE = 'github';

/** Of more files, GitHub tells the others on further pages. */
const MOST_FILES = 300;

/** A repository of which the past is read. */
export class GithubRepository {
  readonly pipeline_id: string;
  readonly default_branch: string;

  private constructor(
    readonly api: GithubApi,
    /** Milliseconds since 1970. */
    readonly since: number,
    private readonly naming: PipelineNaming,
    private readonly scope: Scope,
    private readonly raw: Raw,
  ) {
    const payload = new Payload({ repository: raw });
    this.pipeline_id = pipelineOf(payload, naming);
    this.default_branch = defaultBranchOf(payload, scope);
  }

  static async read(api: GithubApi, since: number, naming: PipelineNaming, scope: Scope): Promise<GithubRepository> {
    return new GithubRepository(api, since, naming, scope, await api.one(''));
  }

  /**
   * What a commit changes, if a rule asks for that: it takes a request each. A merge changes nothing by itself: what it brought is
   * told by the commits that it merged.
   */
  async filesOf({ sha, parents }: HistoryCommit): Promise<string[] | undefined> {
    if (this.scope.monorepoOf(SOURCE, this.pipeline_id) === undefined) return undefined;
    if (parents.length > 1) return [];
    const listed = new Payload(await this.api.one(`/commits/${sha}`)).at('files').optionalList();
    if (listed.length === 0 || listed.length >= MOST_FILES) return undefined;
    const names = listed.flatMap((file) => [file.at('filename'), file.at('previous_filename')]);
    return names.map((name) => name.optionalText()).filter((name) => name !== undefined);
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
      const reading = readGithub(delivery, this.scope, this.naming);
      return 'events' in reading ? this.itemsOf(place, reading.events) : [];
    } catch (cause) {
      if (cause instanceof MalformedPayload) return [{ place, unreadable: cause.message }];
      throw cause;
    }
  }

  itemsOf(place: string, told: readonly Telling[]): ImportItem[] {
    const events = told.flatMap((one) => this.scope.applied(SOURCE, one));
    return events.map((event) => ({ place, event: withinLimits(event) }));
  }
}
