import { at, sha } from './github-payloads.js';
import { aCommit, project, user, utc } from './gitlab-payloads.js';

/** What GitLab sends of deployments, and of what may be one. */
export interface DeploymentOptions {
  commit?: string;
  id?: number;
  status?: string;
  environment?: string;
  time?: string;
  ref?: string;
}

export function aDeployment(options: DeploymentOptions = {}) {
  const { commit = 'm', id = 15, status = 'success', environment = 'production', time = '12:00', ref } = options;
  return {
    object_kind: 'deployment',
    status,
    status_changed_at: at(time).replace('T', ' ').replace('Z', ' +0000'),
    deployment_id: id,
    deployable_id: 796,
    deployable_url: `${project.web_url}/-/jobs/796`,
    environment,
    environment_tier: environment,
    project,
    short_sha: sha(commit).slice(0, 8),
    user,
    commit_url: `${project.web_url}/-/commit/${sha(commit)}`,
    commit_title: 'Work',
    ...(ref === undefined ? {} : { ref }),
  };
}

export function aPipeline(attributes: object = {}) {
  return {
    object_kind: 'pipeline',
    object_attributes: {
      id: 31,
      iid: 3,
      name: null,
      ref: 'main',
      tag: false,
      sha: sha('m'),
      source: 'push',
      status: 'success',
      created_at: utc('11:50'),
      finished_at: utc('12:00'),
      url: `${project.web_url}/-/pipelines/31`,
      ...attributes,
    },
    user,
    project,
    commit: aCommit('m'),
  };
}

export function aRelease(fields: object = {}) {
  return {
    object_kind: 'release',
    id: 4,
    action: 'create',
    name: 'Spring',
    tag: 'v1.1',
    created_at: utc('12:01'),
    released_at: utc('12:00'),
    url: `${project.web_url}/-/releases/v1.1`,
    project,
    commit: aCommit('m'),
    ...fields,
  };
}
