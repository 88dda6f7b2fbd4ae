import { finished, tellsOfCommit } from './deployments.js';
import type { Deployment } from './deployments.js';
import { byBytes, least, statusOf, timeOf } from './event.js';
import { reviewsOf } from './reviews.js';
import type { Approval, Reviews } from './reviews.js';
import type { EventType, ModelEvent, Time } from './event.js';

export interface Commit extends Reviews {
  commit_id: string;
  alias_of: string | null;
  committed_at: Time | null;
  submitted_at: Time | null;
  approved_at: Time | null;
  landed_at: Time | null;
  bot: boolean;
  reverts: string[];
  rework: boolean;
  outside: boolean;
}

export interface Approved {
  at: Time;
  pull_request_id: number;
  commit_id: string;
  members: Set<string>;
}

/** Every commit that a successful event tells of or a successful deployment names. */
export function commitsOf(events: ModelEvent[], deployments: Deployment[], bots: RegExp, approval: Approval): Commit[] {
  const told = events.filter(tellsOfCommit);
  const named = finished(deployments, 'success').flatMap((deployment) => deployment.commits);
  const ids = [...new Set([...told.map((event) => event.commit_id!), ...named])].toSorted(byBytes);
  const approved = approvedPullRequests(events);
  const aliasOf = new Map(ids.map((id) => [id, changeOf(id, told, approved)]));
  return ids.map((id) => {
    const aliases = ids.filter((other) => aliasOf.get(other) === id);
    const reviews = reviewsOf(
      approved.filter((one) => one.commit_id === id),
      events,
      bots,
      approval,
    );
    return { ...commitOf(id, aliasOf.get(id)!, aliases, told, bots), ...reviews };
  });
}

/** The commits of a change: its own and its aliases. */
export function familyOf(change: string, commits: Commit[]): string[] {
  return [change, ...commits.filter((one) => one.alias_of === change).map((one) => one.commit_id)];
}

function approvedPullRequests(events: ModelEvent[]): Approved[] {
  const tied = events.filter(
    (event) =>
      event.pull_request_id !== undefined &&
      ['commit', 'submit', 'approve', 'deploy'].includes(event.type) &&
      statusOf(event) === 'success',
  );
  return [...new Set(tied.map((event) => event.pull_request_id))].flatMap((pullRequest) => {
    const own = tied.filter((event) => event.pull_request_id === pullRequest);
    const first = own.filter((event) => event.type === 'approve').toSorted(byApproval)[0];
    const members = new Set(own.map((event) => event.commit_id!));
    return first ? [{ at: timeOf(first), pull_request_id: pullRequest!, commit_id: first.commit_id!, members }] : [];
  });
}

const byApproval = (a: ModelEvent, b: ModelEvent): number =>
  timeOf(a) - timeOf(b) || byBytes(a.commit_id!, b.commit_id!);

/** The approved commit that the commit is an alias of, or null: it is a change itself. */
function changeOf(id: string, told: ModelEvent[], approved: Approved[]): string | null {
  if (approved.some((one) => one.commit_id === id)) return null;
  const heads = landings(id, told).map((event) => event.landed_head);
  const candidates = approved
    .filter((one) => one.members.has(id) || heads.includes(one.commit_id))
    .toSorted((a, b) => a.at - b.at || byBytes(a.commit_id, b.commit_id));
  return candidates[0]?.commit_id ?? null;
}

function commitOf(
  id: string,
  aliasOf: string | null,
  aliases: string[],
  told: ModelEvent[],
  bots: RegExp,
): Omit<Commit, keyof Reviews> {
  const family = [id, ...aliases];
  const first = (commit: string, ...types: EventType[]): Time | null =>
    least(
      told.filter((event) => event.commit_id === commit && types.includes(event.type)).map((event) => timeOf(event)),
    );
  const work = told.filter((event) => family.includes(event.commit_id!) && event.type === 'commit');
  const outside = work.length > 0 && work.every((event) => event.outside === true);
  const committed = least(family.map((one) => first(one, 'commit') ?? first(one, 'submit', 'approve')));
  return {
    commit_id: id,
    alias_of: aliasOf,
    committed_at: committed,
    submitted_at: least(family.map((one) => first(one, 'submit'))) ?? committed,
    approved_at: first(id, 'approve'),
    landed_at: outside
      ? null
      : (least(landings(id, told).map((event) => Date.parse(event.landed_at!))) ?? first(id, 'approve')),
    reverts: revertsOf(id, told),
    rework: told.some((event) => family.includes(event.commit_id!) && event.rework === true),
    outside,
    bot: told.some((event) => family.includes(event.commit_id!) && isByBot(event, bots)),
  };
}

function revertsOf(id: string, told: ModelEvent[]): string[] {
  const own = told.filter((event) => event.commit_id === id && event.type === 'commit');
  return [...new Set(own.flatMap((event) => event.reverts ?? []))].toSorted(byBytes);
}

/** Of commit events only: elsewhere the field means nothing. */
function landings(id: string, told: ModelEvent[]): ModelEvent[] {
  return told.filter((event) => event.commit_id === id && event.type === 'commit' && event.landed_at !== undefined);
}

function isByBot(event: ModelEvent, bots: RegExp): boolean {
  const counts = event.type === 'commit' || event.type === 'submit';
  return counts && event.author !== undefined && bots.test(event.author);
}
