import { commitEvents } from '../../events/commit-events.js';
import type { EventBody } from '../../events/event.js';
import type { Telling } from '../../events/telling.js';
import { withinLimits } from '../../events/within-limits.js';
import { changedFiles } from '../../git/changed-files.js';
import { Git } from '../../git/git.js';
import type { Scope } from '../../scope/scope.js';
import { StartError } from '../../start-error.js';
import { Landings } from '../history/landings.js';
import type { ImportItem, ImportSource } from '../import-item.js';
import { type CloneCommit, readCommits } from './clone-commits.js';
import { CloneTimes } from './clone-times.js';
import { readDefaultBranch } from './default-branch.js';
import { type GitTag, readTags } from './git-tags.js';

interface GitHistoryOptions {
  directory: string;
  pipeline: string;
  environment: string;
  tags: string;
  branch: string | undefined;
  /** Milliseconds since 1970. */
  since: number;
}

/** As whom the scope rules know it. */
const SOURCE = 'git';

/** What a clone tells: commits, the pull requests that they were merged from, and tags as deployments. */
export async function gitSource(options: GitHistoryOptions): Promise<ImportSource> {
  const git = new Git(options.directory);
  await refuseShallow(git);
  const branch = await readDefaultBranch(git, options.branch);
  const tags = await readTags(git, options.tags);
  if (tags.length === 0) console.error(`No tag matches ${options.tags}, so no deployments are sent`);
  const tips = [branch.tip, ...tags.map((tag) => tag.sha)];
  const commits = await readCommits(git, tips, branch.name);
  const told = toldBy(commits, tags, branch.tip, options);
  let read = 0;
  return {
    by_rules: true,
    async *items(scope) {
      const split = scope.monorepoOf(SOURCE, options.pipeline) !== undefined;
      const files = split ? await changedFiles(git, tips) : null;
      for (const one of told) {
        read++;
        yield* itemsOf(one, files, scope);
      }
    },
    done: () => read / Math.max(told.length, 1),
    doing: () => options.directory,
  };
}

interface Told {
  place: string;
  event: EventBody;
}

/** A rule may know a tag by its name. */
function* itemsOf(
  { place, event }: Told,
  files: ReadonlyMap<string, string[]> | null,
  scope: Scope,
): Generator<ImportItem> {
  const run = { source: SOURCE, event: 'tag', repository: event.pipeline_id, name: event.deployment_id ?? '' };
  const telling: Telling = {
    ...event,
    ...(event.type === 'deploy' ? scope.deploysTo(run) : {}),
    files: event.type === 'commit' ? files?.get(event.commit_id ?? '') : undefined,
  };
  for (const one of scope.applied(SOURCE, telling)) yield { place, event: withinLimits(one) };
}

/** A clone that was cut off does not know which commit follows which. */
async function refuseShallow(git: Git): Promise<void> {
  const shallow = (await git.run(['rev-parse', '--is-shallow-repository'])).trim();
  if (shallow === 'true') {
    throw new StartError('The clone has only the newest commits: fetch the others with git fetch --unshallow --tags');
  }
}

function toldBy(
  commits: ReadonlyMap<string, CloneCommit>,
  tags: readonly GitTag[],
  tip: string,
  options: GitHistoryOptions,
): Told[] {
  const landings = new Landings(commits, tip);
  const times = new CloneTimes(commits, landings, tags);
  // What has no time that can be is sent too: it is refused by name, where it would be missed without a word.
  const wanted = (at: number) => at * 1000 >= options.since || !times.canBe(at);
  return [
    ...[...commits.values()]
      .filter((commit) => wanted(times.cameOut(commit)))
      .flatMap((commit) => toldByCommit(commit, times, landings, options)),
    ...tags
      .map((tag) => ({ tag, at: times.ofTag(tag) }))
      .filter(({ at }) => wanted(at))
      .map(({ tag, at }) => toldByTag(tag, at, options)),
  ];
}

function toldByCommit(
  commit: CloneCommit,
  times: CloneTimes,
  landings: Landings,
  { pipeline }: GitHistoryOptions,
): Told[] {
  const landing = landings.of(commit.sha);
  const events: EventBody[] = commitEvents(pipeline, commit, times.cameOut(commit), landing);
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
  return events.map((event) => ({ place: `commit ${commit.sha}`, event }));
}

function toldByTag({ name, sha }: GitTag, at: number, { pipeline, environment }: GitHistoryOptions): Told {
  const event: EventBody = {
    type: 'deploy',
    pipeline_id: pipeline,
    environment,
    status: 'success',
    commit_id: sha,
    deployment_id: name,
    timestamp: at,
  };
  return { place: `tag ${name}`, event };
}
