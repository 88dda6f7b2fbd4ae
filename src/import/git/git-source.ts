import { commitEvents } from '../../events/commit-events.js';
import type { EventBody } from '../../events/event.js';
import { withinLimits } from '../../events/within-limits.js';
import { Git } from '../../git/git.js';
import { StartError } from '../../start-error.js';
import { Landings } from '../history/landings.js';
import type { ImportItem, ImportSource } from '../import-item.js';
import { type CloneCommit, readCommits } from './clone-commits.js';
import { CloneTimes } from './clone-times.js';
import { readDefaultBranch } from './default-branch.js';
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
  if (tags.length === 0) console.error(`No tag matches ${options.tags}, so no deployments are sent`);
  const commits = await readCommits(git, [branch.tip, ...tags.map((tag) => tag.sha)], branch.name);
  const items = itemsOf(commits, tags, branch.tip, options);
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

function itemsOf(
  commits: ReadonlyMap<string, CloneCommit>,
  tags: readonly GitTag[],
  tip: string,
  options: GitHistoryOptions,
): ImportItem[] {
  const landings = new Landings(commits, tip);
  const times = new CloneTimes(commits, landings, tags);
  // What has no time that can be is sent too: it is refused by name, where it would be missed without a word.
  const wanted = (at: number) => at * 1000 >= options.since || !times.canBe(at);
  return [
    ...[...commits.values()]
      .filter((commit) => wanted(times.cameOut(commit)))
      .flatMap((commit) => commitItems(commit, times, landings, options)),
    ...tags
      .map((tag) => ({ tag, at: times.ofTag(tag) }))
      .filter(({ at }) => wanted(at))
      .map(({ tag, at }) => tagItem(tag, at, options)),
  ];
}

function commitItems(
  commit: CloneCommit,
  times: CloneTimes,
  landings: Landings,
  { pipeline }: GitHistoryOptions,
): ImportItem[] {
  const landing = landings.of(commit.sha);
  const events = commitEvents(pipeline, commit, times.cameOut(commit), landing);
  // Within a branch that is merged there may be merges of other requests: those did not land by themselves.
  if (landing?.head === commit.sha && commit.pull_request_id !== undefined) {
    events.push({
      type: 'approve',
      pipeline_id: pipeline,
      commit_id: commit.sha,
      pull_request_id: commit.pull_request_id,
      timestamp: landing.at,
    });
  }
  return events.map((event) => ({ place: `commit ${commit.sha}`, event: withinLimits(event) }));
}

function tagItem({ name, sha }: GitTag, at: number, { pipeline, environment }: GitHistoryOptions): ImportItem {
  const event: EventBody = {
    type: 'deploy',
    pipeline_id: pipeline,
    environment,
    status: 'success',
    commit_id: sha,
    deployment_id: name,
    timestamp: at,
  };
  return { place: `tag ${name}`, event: withinLimits(event) };
}

function* counted(items: readonly ImportItem[], count: () => void): Generator<ImportItem> {
  for (const item of items) {
    count();
    yield item;
  }
}
