import type { Scope } from '../../scope/scope.js';
import { isCommitSha } from '../commit-sha.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';
import { branchOf } from './repository.js';
import { RESULTS } from './results.js';
import { deploymentBy } from './run.js';

/** A finished run, which deploys where a rule says so of its pipeline. Before resource version 2.0 it names no commit. */
export function readBuild(payload: Payload, scope: Scope): Reading {
  const build = payload.at('resource');
  const commit_id = build.at('sourceVersion').optionalText();
  if (commit_id === undefined || !isCommitSha(commit_id)) return { ignored: 'no_commit' };
  const status = RESULTS.get(build.at('result').optionalText() ?? '');
  if (status === undefined) return { ignored: 'state_not_used' };
  const name = build.at('definition', 'name').text();
  const branch = build.at('sourceBranch').optionalText();
  const run = {
    event: 'build' as const,
    repository: `${build.at('project', 'name').text()}/${build.at('repository', 'name').optionalText() ?? name}`,
    name,
    branch: branch === undefined ? undefined : branchOf(branch),
    commit_id,
    deployment_id: `run-${build.at('id').integer()}`,
    url: build.at('_links', 'web', 'href').optionalText(),
  };
  const times = { at: build.at('finishTime').time(), started_at: build.at('startTime').optionalTime() };
  return deploymentBy(run, { status, ...times }, scope) ?? { ignored: 'not_a_deployment' };
}
