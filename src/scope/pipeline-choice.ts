import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type Caller, pipelinesToRead, visiblePipelines } from '../auth/caller.js';
import { Problem } from '../http/problem.js';
import { names } from './glob.js';
import type { Team } from './scope-rules.js';
import type { TeamView } from './scope.view.js';
import { Scopes } from './scopes.js';

/** How a question says which pipelines it is about. */
export interface Chosen {
  pipeline?: string[];
  team?: string[];
}

/** Which pipelines a question is about: the one place where teams become pipelines. */
@Injectable()
export class PipelineChoice {
  constructor(
    @InjectDataSource('read') private readonly dataSource: DataSource,
    private readonly scopes: Scopes,
  ) {}

  /**
   * Those named, and with them those of the teams named that the caller may see; if neither is named, all that the
   * caller may see; null = all there are.
   *
   * @throws Problem 400 for a team that there is not, 403 for a named pipeline that the caller may not see
   */
  async of({ pipeline = [], team }: Chosen, caller: Caller): Promise<string[] | null> {
    const named = pipelinesToRead(caller, pipeline);
    if (team === undefined) return named;
    const { rules } = await this.scopes.inForce();
    const teams = team.map((name) => rules.teams.find((one) => one.name === name) ?? unknown(name));
    const known = await this.known(caller);
    return [...new Set([...pipeline, ...teams.flatMap((one) => membersOf(one, known))])];
  }

  /** By name, those after the given one. Whoever is limited to pipelines sees no team that has none of them. */
  async teams(caller: Caller, after: string, limit: number): Promise<TeamView[]> {
    const [{ rules }, known] = [await this.scopes.inForce(), await this.known(caller)];
    const found: TeamView[] = [];
    for (const team of rules.teams.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (found.length === limit) break;
      const pipelines = team.name > after ? membersOf(team, known) : [];
      const shown = team.name > after && (caller.pipelines === null || pipelines.length > 0);
      if (shown) found.push({ name: team.name, pipelines });
    }
    return found;
  }

  /** Those there are that the caller may see. */
  private async known(caller: Caller): Promise<string[]> {
    const rows = await this.dataSource.query<{ pipeline_id: string }[]>(
      `SELECT p.pipeline_id
       FROM devopstic.pipelines AS p
       WHERE $1::text[] IS NULL OR p.pipeline_id = ANY ($1)
       ORDER BY p.pipeline_id`,
      [visiblePipelines(caller)],
    );
    return rows.map(({ pipeline_id }) => pipeline_id);
  }
}

function membersOf({ pipelines }: Team, known: readonly string[]): string[] {
  return known.filter((pipeline_id) => pipelines.some((glob) => names(glob, pipeline_id)));
}

function unknown(name: string): never {
  const detail = `there is no team ${name}: GET /teams lists them`;
  throw new Problem(400, 'The request is not valid', [{ pointer: '/team', detail }]);
}
