/** Why a row is left out of a metric, in words. */
export const REASONS = {
  not_production: 'its environment is not selected',
  in_progress: 'not finished yet',
  out_of_range: 'outside of this range',
  canceled: 'canceled: neither success nor failure',
  failure: 'failed: only successful ones are counted',
  before_baseline: 'history from before the first deployment',
  unknown_commit: 'only its deployment is known, not the commit',
  negative_span: 'deployed before it was made: wrong clocks',
  bot: 'made by a bot',
  not_deployed: 'not deployed',
  alias_of_pull_request: 'counted as the change its pull request was merged as',
  outside: 'changes nothing of this pipeline',
  unlinked: 'no deployment is known to have caused it',
  open: 'not over yet',
  no_review: 'never approved: not in the review part',
};

/** One that only a newer service knows is told by its name. */
export function reasonText(reason: string): string {
  return (REASONS as Readonly<Record<string, string>>)[reason] ?? reason.replaceAll('_', ' ');
}
