import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { Caller } from '../auth/caller.js';
import { momentOf } from '../http/moment.js';
import { PipelineChoice } from '../scope/pipeline-choice.js';
import type { SummaryQuery } from './dora.query.js';
import { invalid } from './invalid.js';
import { TimeZones } from './time-zones.js';

const RESOLVE = readFileSync(new URL('./resolve-selection.sql', import.meta.url), 'utf8');

/** What is asked about, with every default filled in. */
export interface Selection {
  /** Null: all of them. */
  readonly pipelines: string[] | null;
  /** Null: those that count as production. */
  readonly environments: string[] | null;
  /** Those meant by that. */
  readonly environment_names: string[];
  readonly from: Date;
  readonly to: Date;
  readonly time_zone: string;
  readonly bots: boolean;
}

/** The query of any of the routes: not all of them take a benchmark. */
type AnyQuery = Omit<SummaryQuery, 'benchmark'> & { benchmark?: string };

interface Resolved {
  from: Date;
  to: Date;
  environment_names: string[];
  benchmarks: string[];
}

@Injectable()
export class Selections {
  constructor(
    @InjectDataSource('read') private readonly dataSource: DataSource,
    private readonly timeZones: TimeZones,
    private readonly choice: PipelineChoice,
  ) {}

  /** @throws Problem 400 for a team, range, time zone or benchmark that does not exist, 403 for a pipeline out of sight */
  async of(query: AnyQuery, caller: Caller, now: Date): Promise<Selection> {
    const { time_zone, bots, environment: environments = null, benchmark } = query;
    const pipelines = await this.choice.of(query, caller);
    await this.timeZones.check(time_zone);
    const ends = [query.from, query.to].flatMap((text) => [asDate(text), asInstant(text)]);
    const parameters = [time_zone, now, ...ends, pipelines, environments];
    const [{ benchmarks, ...resolved }] = await this.dataSource.query<[Resolved]>(RESOLVE, parameters);
    if (resolved.from >= resolved.to) throw invalid('/from', 'must be before to');
    if (benchmark !== undefined && !benchmarks.includes(benchmark)) {
      throw invalid('/benchmark', `must be one of ${benchmarks.join(', ')}`);
    }
    return { pipelines, environments, time_zone, bots, ...resolved };
  }
}

/** A date alone: its midnight is found in the time zone. */
function asDate(text: string | undefined): string | null {
  return isDate(text) ? momentOf(text)!.toISOString().slice(0, 10) : null;
}

function asInstant(text: string | undefined): Date | null {
  return isDate(text) ? null : momentOf(text);
}

function isDate(text = ''): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}
