import type { EventBody } from '../../events/event.js';
import { StartError } from '../../start-error.js';
import { withinLimits } from '../../webhooks/within-limits.js';
import { commitEvents } from '../history/commit-events.js';
import { Landings } from '../history/landings.js';
import type { ImportItem, ImportSource } from '../import-item.js';
import { readDefaultBranch } from './default-branch.js';
import { Git } from '../../git/git.js';
import { type GitCommit, readLog } from './git-log.js';
import { type GitTag, readTags } from './git-tags.js';

export interface GitHistoryOptions {
  directory: string;
  pipeline: string;
  environment: string;
  tags: string;
  branch: string | undefined;
  /** Milliseconds since 1970. */
  since: number;
}

/** What a clone tells: commits, the pull requests that they were merged from, and tags as deployments. */
export async function gitSource(options: GitHistoryOptions): Promise<ImportSource> {
  const git = new Git(options.directory);
  await refuseShallow(git);
  const branch = await readDefaultBranch(git, options.branch);
  const tags = await readTags(git, options.tags);
  const commits = await readLog(git, [branch.tip, ...tags.map((tag) => tag.sha)], branch.name);
  const landings = new Landings(commits, branch.tip);
  const items = [
    ...[...commits.values()].flatMap((commit) => commitItems(commit, landings, options)),
    ...tags.flatMap((tag) => tagItems(tag, commits, options)),
  ];
  let read = 0;
  return {
    items: counted(items, () => read++),
    done: () => read / Math.max(items.length, 1),
    doing: () => options.directory,
  };
}

/** A clone that was cut off does not know which commit follows which. */
async function refuseShallow(git: Git): Promise<void> {
  const shallow = (await git.run(['rev-parse', '--is-shallow-repository'])).trim();
  if (shallow === 'true') {
    throw new StartError('The clone has only the newest commits: fetch the others with git fetch --unshallow --tags');
  }
}

function commitItems(commit: GitCommit, landings: Landings, { pipeline, since }: GitHistoryOptions): ImportItem[] {
  const landing = landings.of(commit.sha);
  if (Number(landing?.at ?? commit.committed_at) * 1000 < since) return [];
  const events = commitEvents(pipeline, commit, landing);
  // Within a branch that is merged there may be merges of other requests: those did not land by themselves.
  if (landing?.head === commit.sha && commit.pull_request_id !== undefined) {
    events.push({
      type: 'approve',
      pipeline_id: pipeline,
      commit_id: commit.sha,
      pull_request_id: commit.pull_request_id,
      timestamp: commit.committed_at,
    });
  }
  return events.map((event) => ({ place: `commit ${commit.sha}`, event: withinLimits(event) }));
}

function tagItems(
  { name, sha, tagged_at }: GitTag,
  commits: ReadonlyMap<string, GitCommit>,
  { pipeline, environment, since }: GitHistoryOptions,
): ImportItem[] {
  const time = tagged_at ?? commits.get(sha)?.committed_at ?? 0;
  if (time * 1000 < since) return [];
  const event: EventBody = {
    type: 'deploy',
    pipeline_id: pipeline,
    environment,
    status: 'success',
    commit_id: sha,
    deployment_id: name,
    timestamp: time,
  };
  return [{ place: `tag ${name}`, event: withinLimits(event) }];
}

function* counted(items: readonly ImportItem[], count: () => void): Generator<ImportItem> {
  for (const item of items) {
    count();
    yield item;
  }
}
