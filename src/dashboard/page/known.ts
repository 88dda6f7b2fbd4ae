import type { Page, Pipeline, Summary } from './api/answers.js';
import { get } from './api/api.js';
import type { Choice } from './choice/choice.js';
import { boundsOf } from './choice/days.js';

/** What every view is made of. */
export interface Known {
  /** The selection that the summary is of. */
  of: string;
  summary: Summary;
  pipelines: Pipeline[];
}

/** The summary, whose exact range all else is then asked for; the one from before, if the selection is the same. */
export async function lookUp(choice: Choice, before: Known | null, signal: AbortSignal): Promise<Known> {
  const { pipelines: pipeline, environments: environment, range, time_zone, bots } = choice;
  const selection = { pipeline, environment, time_zone, bots, ...boundsOf(range, time_zone, new Date()) };
  const of = JSON.stringify(selection);
  if (before?.of === of) return before;
  const summary = get<Summary>('dora/summary', selection, signal);
  const [known, pipelines] = await Promise.all([summary, knownPipelines(signal)]);
  return { of, summary: known, pipelines };
}

/** All that the caller may see. */
export async function knownPipelines(signal?: AbortSignal): Promise<Pipeline[]> {
  const all: Pipeline[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Pipeline> = await get('pipelines', { limit: 1000, cursor }, signal);
    all.push(...page.items);
    cursor = page.next;
  }
  return all;
}

/** Differs once anything has been sent. */
export function stateOf(pipelines: readonly Pipeline[]): string {
  return pipelines.map(({ pipeline_id, events }) => `${events} ${pipeline_id}`).join('\n');
}
