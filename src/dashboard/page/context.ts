import type { Pipeline, Summary } from './api/answers.js';
import type { Choice, Explained } from './choice/choice.js';

/** What a view is given: what was chosen, what is known already, and how to choose something else. */
export interface Context {
  readonly choice: Choice;
  /** Its range is exact: whatever else is shown beside it asks for the very same. */
  readonly summary: Summary;
  readonly pipelines: readonly Pipeline[];
  /** Ends when something else is to be shown. */
  readonly signal: AbortSignal;
  go(change: Partial<Choice>): void;
  /** Shows the rows behind a number. */
  explain(explained: Explained): void;
}

/** The selection as `/dora` takes it. */
export function doraSelection({ choice, summary }: Context) {
  const { pipelines: pipeline, environments: environment, time_zone, bots } = choice;
  return { pipeline, environment, from: summary.from, to: summary.to, time_zone, bots };
}
