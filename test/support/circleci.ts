import { at, sha } from './github-payloads.js';

export interface CircleciEvent {
  /** Of the workflow, and of its job. */
  run?: number;
  type?: string;
  status?: string;
  /** Of the workflow or the job. */
  name?: string;
  branch?: string;
  /** Connected by an app: ids for names, and the commit among the parameters of the trigger. */
  by_app?: boolean;
  /** The name of the commit; null: none is told. */
  commit?: string | null;
  /** Of the day, at which it ended. */
  hour?: number;
}

/** What CircleCI tells of a workflow, or of its job `deploy`, that ended on 2026-03-02, at noon unless told otherwise. */
export function aCircleciEvent(event: CircleciEvent = {}) {
  const { type = 'workflow-completed', status = 'success', name = 'deploy', branch = 'main', commit = 'm' } = event;
  const { run = 1, hour = 12 } = event;
  const clock = (hours: number, minutes: string) => at(`${String(hours).padStart(2, '0')}:${minutes}`);
  const revision = commit === null ? {} : event.by_app ? { checkout_sha: sha(commit) } : { revision: sha(commit) };
  const job = {
    id: `j-${run}`,
    name,
    status,
    number: 7,
    started_at: clock(hour - 1, '58'),
    stopped_at: clock(hour, '00'),
  };
  const workflow = {
    id: `w-${run}`,
    name: type === 'job-completed' ? 'build-and-deploy' : name,
    created_at: clock(hour - 1, '55'),
    stopped_at: clock(hour, '00'),
    url: `https://app.circleci.com/pipelines/github/acme/shop/42/workflows/w-${run}`,
  };
  return {
    id: sha(JSON.stringify(event)),
    type,
    happened_at: clock(hour, '01'),
    webhook: { id: 'h-1', name: 'DevOpstic' },
    project: {
      id: 'p-1',
      name: 'shop',
      slug: event.by_app ? 'circleci/AHWysFUuUfBg/9z8PamRuKaKW' : 'github/acme/shop',
    },
    organization: { id: 'o-1', name: 'acme' },
    workflow: type === 'job-completed' ? workflow : { ...workflow, status },
    ...(type === 'job-completed' ? { job } : {}),
    pipeline: {
      id: 'pl-1',
      number: 42,
      created_at: clock(hour - 1, '54'),
      trigger: { type: 'webhook' },
      ...(event.by_app
        ? { trigger_parameters: { git: { ...revision, branch } } }
        : { vcs: { provider_name: 'github', ...revision, branch } }),
    },
  };
}
