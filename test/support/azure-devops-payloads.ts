import { at, NOBODY, sha } from './github-payloads.js';

/** Payloads as service hooks of Azure DevOps send them, with the fields that matter here. Times are of 2026-03-02. */

const site = 'https://dev.azure.com/acme';
const repository = {
  id: '278d5cd2',
  name: 'web',
  project: { id: '6ce954b1', name: 'Shop', state: 'wellFormed' },
  defaultBranch: 'refs/heads/main',
  remoteUrl: `${site}/Shop/_git/web`,
};
const ada = { name: 'Ada L.', email: 'ada@example.com' };

/** With the seven digits that it gives to a second. */
export function ticks(time: string): string {
  return at(time).replace('Z', '.3309587Z');
}

let notifications = 0;

function hook(eventType: string, resource: object, { time = '09:00', resourceVersion = '1.0' } = {}) {
  notifications += 1;
  const [subscriptionId, publisherId] = ['aaaa0a0a', 'tfs'];
  const id = `6a5c8f0e-${notifications}`;
  return { id, subscriptionId, publisherId, eventType, resource, resourceVersion, createdDate: ticks(time) };
}

export function anAzureCommit(name: string, { time = '08:00', comment = `Work on ${name}` } = {}) {
  const commitId = sha(name);
  const [author, committer] = ['07:00', time].map((date) => ({ ...ada, date: at(date) }));
  return { commitId, author, committer, comment, url: `${site}/Shop/_git/web/commit/${commitId}` };
}

/** @param before the name of the commit that the branch had before; none: it is new */
export function aRefUpdate(after: string | undefined, before?: string, name = 'refs/heads/main') {
  const [oldObjectId, newObjectId] = [before, after].map((one) => (one === undefined ? NOBODY : sha(one)));
  return { name, oldObjectId, newObjectId };
}

/** @param commits the newest first */
export function anAzurePush(refUpdates: object[], commits: object[], of: object = repository) {
  return hook('git.push', { pushId: 14, date: ticks('09:00'), refUpdates, commits, repository: of });
}

export interface AzurePullRequestOptions {
  status?: string;
  target?: string;
  draft?: boolean;
  time?: string;
  labels?: string[];
}

export function anAzurePullRequest(event: 'created' | 'updated' | 'merged', options: AzurePullRequestOptions = {}) {
  const { status = 'active', target = 'main', draft = false, time = '09:00', labels } = options;
  const resource = {
    repository,
    pullRequestId: 7,
    status,
    isDraft: draft,
    createdBy: { displayName: 'Ada L.', uniqueName: 'ada@example.com' },
    creationDate: ticks('09:00'),
    ...(status === 'active' ? {} : { closedDate: ticks('11:00') }),
    sourceRefName: 'refs/heads/feature',
    targetRefName: `refs/heads/${target}`,
    mergeStatus: 'succeeded',
    ...(labels === undefined ? {} : { labels: labels.map((name) => ({ id: '1', name, active: true })) }),
    lastMergeSourceCommit: { commitId: sha('f2') },
    lastMergeTargetCommit: { commitId: sha('m0') },
    lastMergeCommit: { commitId: sha(status === 'completed' ? 'm' : 'trial') },
  };
  return hook(`git.pullrequest.${event}`, resource, { time });
}

export interface ReleaseDeploymentOptions {
  commit?: string;
  id?: number;
  status?: string;
  time?: string;
  branch?: string;
  /** Without it, as its documentation shows it: no commit is named. */
  artifacts?: object[];
}

export function anArtifact(commit: string, { isPrimary = true, branch = 'main', name = 'web' } = {}) {
  return {
    type: 'Build',
    alias: `${name} CI`,
    isPrimary,
    definitionReference: {
      definition: { id: '1', name: `${name} CI` },
      project: { id: '6ce954b1', name: 'Shop' },
      repository: { id: '278d5cd2', name },
      branch: { id: `refs/heads/${branch}`, name: `refs/heads/${branch}` },
      sourceVersion: { id: sha(commit), name: '' },
    },
  };
}

export function aReleaseDeployment(event: 'started' | 'completed', options: ReleaseDeploymentOptions = {}) {
  const { commit = 'm', id = 500, status = 'succeeded', time = '12:00', branch = 'main' } = options;
  const started = event === 'started';
  const artifacts = options.artifacts ?? [anArtifact(commit, { branch })];
  const deployment = {
    id,
    attempt: 1,
    startedOn: ticks('06:50'),
    ...(started ? {} : { completedOn: ticks(time) }),
    release: { id: 4, name: 'Release-4', artifacts },
  };
  const resource = {
    environment: { id: 5, name: 'production', status: started ? 'queued' : status },
    project: { id: '6ce954b1', name: 'Shop' },
    ...(artifacts.length === 0 ? {} : { deployment }),
  };
  return hook(`ms.vss-release.deployment-${event}-event`, resource, {
    time: '12:30',
    resourceVersion: '3.0-preview.1',
  });
}

export function aBuild(changed: object = {}) {
  const resource = {
    id: 479,
    buildNumber: '20260302.1',
    status: 'completed',
    result: 'succeeded',
    startTime: ticks('11:50'),
    finishTime: ticks('12:00'),
    definition: { id: 7, name: 'web CD' },
    project: { id: '6ce954b1', name: 'Shop' },
    repository: { id: '278d5cd2', type: 'TfsGit', name: 'web' },
    sourceBranch: 'refs/heads/main',
    sourceVersion: sha('m'),
    _links: { web: { href: `${site}/Shop/_build/results?buildId=479` } },
    ...changed,
  };
  return hook('build.complete', resource, { time: '12:01', resourceVersion: '2.0' });
}

const pipeline = { id: 7, revision: 1, name: 'web CD', folder: '\\' };
const repositories = [{ type: 'Git', change: { author: ada, message: 'Work' }, url: `${site}/Web%20Shop/_git/web` }];

export function aRunChange(run: object, listed: object[] = repositories) {
  const web = { href: `${site}/Shop/_build/results?buildId=479` };
  const resource = { pipeline, run: { id: 479, pipeline, _links: { web }, ...run }, repositories: listed };
  return hook('ms.vss-pipelines.run-state-changed-event', resource, {
    time: '12:00',
    resourceVersion: '5.1-preview.1',
  });
}

export function aStageChange(stage: object, run: object = {}, listed: object[] = repositories) {
  const resource = {
    pipeline,
    stage: { name: 'Production', ...stage },
    run: { id: 479, ...run },
    repositories: listed,
  };
  return hook('ms.vss-pipelines.stage-state-changed-event', resource, {
    time: '12:00',
    resourceVersion: '5.1-preview.1',
  });
}
