import type { Pipeline } from './api/answers.js';
import { renewSession } from './api/api.js';
import { knownPipelines, stateOf } from './known.js';

/** While nothing has come yet somebody is waiting; later, a screen on a wall is. */
const FIRST_MS = 3_000;
const LATER_MS = 30_000;

/** Looks now and then whether events have come since these pipelines were read; not while nobody can see the page. */
export function watchEvents(known: readonly Pipeline[], signal: AbortSignal, onNews: () => void): void {
  const before = stateOf(known);
  const pause = known.length === 0 ? FIRST_MS : LATER_MS;
  const look = async (): Promise<void> => {
    if (signal.aborted) return;
    if (document.visibilityState === 'visible' && (await hasNews(before, signal))) onNews();
    else setTimeout(() => void look(), pause);
  };
  setTimeout(() => void look(), pause);
}

/** A failed look is no news: the next one may succeed, and whoever acts in the meantime is told what is wrong. */
async function hasNews(before: string, signal: AbortSignal): Promise<boolean> {
  try {
    await renewSession();
    return stateOf(await knownPipelines(signal)) !== before && !signal.aborted;
  } catch {
    return false;
  }
}
