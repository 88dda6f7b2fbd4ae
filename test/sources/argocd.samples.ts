import { anArgocdEvent } from '../support/argocd.js';
import { at, sha } from '../support/github-payloads.js';
import type { Sample, SourceSamples } from '../support/source-samples.js';

type Expected = Pick<Sample, 'becomes' | 'ignored'>;

function told(event: string, says: string, more: Record<string, unknown>, expected: Expected): Sample {
  return { event, says, body: anArgocdEvent(event, more), ...expected };
}

/** A sync of the story that began at a time, of a commit. */
function ofStory(event: string, says: string, commit: string, times: [string, string], last: string): Sample {
  const [started, finished] = times;
  const more = { pipeline: 'argocd/story', commit: sha(commit), started_at: at(started), finished_at: at(finished) };
  return told(event, says, more, { becomes: ['deploy in_progress', last] });
}

export const samples: SourceSamples = {
  source: 'argocd',
  path: '/argocd/events',
  headersOf: () => ({}),
  samples: [
    told('deployed', 'an application is synced and healthy', {}, { becomes: ['deploy in_progress', 'deploy success'] }),
    told('sync-running', 'one is being synced', {}, { becomes: ['deploy in_progress'] }),
    told(
      'sync-failed',
      'it cannot be synced',
      { started_at: at('10:00') },
      {
        becomes: ['deploy in_progress', 'deploy failure'],
      },
    ),
    told(
      'health-degraded',
      'it is synced, and ails',
      { started_at: at('09:00'), health_changed_at: at('12:05') },
      {
        becomes: ['deploy in_progress', 'deploy failure'],
      },
    ),
    told('deployed', 'it has no revision', { revision: '', revisions: null }, { ignored: 'no_commit' }),
    told('created', 'an application is made', {}, { ignored: 'event_not_used' }),
  ],
  unknown: told('moon-landed', 'something new', {}, { ignored: 'event_not_used' }),
  story: {
    told: [
      ofStory('deployed', 'a baseline', 'm0', ['06:55', '07:00'], 'deploy success'),
      ofStory('sync-failed', 'it fails', 'm', ['11:55', '12:00'], 'deploy failure'),
      ofStory('deployed', 'it is mended', 'm2', ['12:55', '13:00'], 'deploy success'),
    ],
    query: 'pipeline=argocd/story&from=2026-03-01&to=2026-03-04',
    summary: {
      deployment_frequency: { deployments: 3 },
      change_failure_rate: { deployments: 3, failed: 1 },
      failed_deployment_recovery_time: { median: 3600 },
    },
  },
};
