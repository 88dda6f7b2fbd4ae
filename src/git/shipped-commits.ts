import { commitEvents } from '../events/commit-events.js';
import type { EventBody } from '../events/event.js';
import { isPossible } from '../events/instant.js';
import { withinLimits } from '../events/within-limits.js';
import type { GitCommit } from './git-log.js';
import type { GitRepository } from './repository.js';

/** Events, and what their sender should know. */
export interface Told {
  events: EventBody[];
  notes: string[];
}

/** A deployment, and what is known of those before it. */
export interface Shipment {
  pipeline_id: string;
  commit: string;
  /** When, in milliseconds. */
  at: number;
  /** The commit of the last successful deployment to the same environment; null: there is none. */
  last: string | null;
  /** That of the first one. */
  baseline: string | null;
}

const CUT_OFF =
  'The history of this clone does not reach back to the last deployment, so the commits since then were not sent, ' +
  'and have no lead time: fetch all of it (GitHub Actions: fetch-depth: 0, GitLab CI: GIT_DEPTH: 0, else ' +
  'git fetch --unshallow), and run this again';

/**
 * The commit events that make a deployment carry exactly `git rev-list <commit> ^<every one deployed before>`: the
 * commits since the last deployment with all their parents, and, of those parents, which ones an earlier deployment
 * contains. What the baseline contains is not sent commit by commit, for it is not measured, and may be a whole history;
 * but where the newer commits meet it, the baseline is told to follow: else the first deployment that is known to
 * contain such a commit would be this one. (doc/adr/0009)
 */
export async function shippedCommits(repository: GitRepository, shipment: Shipment): Promise<Told> {
  const { commit, last } = shipment;
  if (last === null) return told(shipment, await repository.show([commit]));
  const base = await knownHere(repository, shipment);
  if (base.last === null) return incomplete(repository, shipment);
  const others = [...new Set([base.last, base.baseline ?? base.last])];
  const fresh = await repository.log(commit, others);
  const cut = await repository.cutOff();
  if (fresh.some(({ sha }) => cut.has(sha))) return alone(repository, shipment, CUT_OFF);
  const followed = await followedBy(repository, base, commit, fresh);
  return told(shipment, [...followed, ...fresh]);
}

interface Base {
  last: string | null;
  baseline: string | null;
}

async function knownHere(repository: GitRepository, { last, baseline }: Shipment): Promise<Base> {
  // Others may send other names than git's ids, which could mean anything here.
  const here = async (commit: string | null) =>
    commit !== null && (await repository.commitOf(commit)) === commit ? commit : null;
  return { last: await here(last), baseline: await here(baseline) };
}

async function incomplete(repository: GitRepository, shipment: Shipment): Promise<Told> {
  if ((await repository.cutOff()).size > 0) return alone(repository, shipment, CUT_OFF);
  const strange =
    `The commit of the last deployment, ${shipment.last}, is not in this repository, so the commits since then were ` +
    'not sent, and have no lead time: is it another repository, or was its history rewritten?';
  return alone(repository, shipment, strange);
}

/** Without its parents: whether an earlier deployment contains them is not known. */
async function alone(repository: GitRepository, shipment: Shipment, note: string): Promise<Told> {
  const commits = await repository.show([shipment.commit]);
  const orphans = commits.map((commit) => ({ ...commit, parents: [] }));
  const { events, notes } = told(shipment, orphans);
  return { events, notes: [note, ...notes] };
}

/** The commits of the deployments before, with the older ones that this deployment contains by another way as parents. */
async function followedBy(
  repository: GitRepository,
  { last, baseline }: Base,
  commit: string,
  fresh: readonly GitCommit[],
): Promise<GitCommit[]> {
  const inside = new Set(fresh.map(({ sha }) => sha));
  const named = [commit, ...fresh.flatMap(({ parents }) => parents)];
  const older = [...new Set(named)].filter((one) => !inside.has(one) && one !== last && one !== baseline);
  const ofBaseline = baseline === null ? [] : await repository.contained(older, baseline);
  const ofLast = older.filter((one) => !ofBaseline.includes(one));
  const follows = [
    { sha: baseline, parents: ofBaseline },
    { sha: last, parents: ofLast },
  ].filter(({ sha, parents }) => sha !== null && parents.length > 0);
  const known = await repository.show(follows.map(({ sha }) => sha ?? ''));
  return follows.flatMap(({ sha, parents }) => {
    const found = known.find((one) => one.sha === sha);
    return found === undefined ? [] : [{ ...found, parents }];
  });
}

/** A commit whose clock was wrong gets the time of its deployment. */
function told({ pipeline_id, at }: Shipment, commits: readonly GitCommit[]): Told {
  const deployed = new Date(at).toISOString();
  const events = commits.flatMap((commit) => commitEvents(pipeline_id, commit, deployed)).map(withinLimits);
  const impossible = commits.filter(({ committed_at }) => !isPossible(committed_at, deployed));
  const [one] = impossible;
  if (one === undefined) return { events, notes: [] };
  const note =
    `${impossible.length} commits have a time before 2000 or in the future (${one.sha} is one): ` +
    'the time of the deployment stands in';
  return { events, notes: [note] };
}
