import {
  anAzureCommit,
  anAzurePullRequest,
  anAzurePush,
  aRefUpdate,
  ticks,
} from '../../../test/support/azure-devops-payloads.js';
import { at, sha } from '../../../test/support/github-payloads.js';
import { UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readAzureDevops } from './azure-devops.reader.js';

function read(payload: unknown, scope = UNSCOPED) {
  return readAzureDevops(new Payload(payload), scope);
}

function eventsOf(payload: unknown) {
  const reading = read(payload);
  return 'events' in reading ? reading.events : [];
}

describe('a push to Azure DevOps', () => {
  it('tells its commits, committed by the clock of the committer, landed at the time of the push', () => {
    const [head, first] = eventsOf(
      anAzurePush([aRefUpdate('c2', 'm0')], [anAzureCommit('c2', { time: '08:30' }), anAzureCommit('c1')]),
    );
    expect(head).toEqual({
      type: 'commit',
      pipeline_id: 'Shop/web',
      commit_id: sha('c2'),
      author: 'Ada L.',
      url: `https://dev.azure.com/acme/Shop/_git/web/commit/${sha('c2')}`,
      timestamp: at('08:30'),
      landed_at: ticks('09:00'),
      landed_head: sha('c2'),
      parents: [sha('m0'), sha('c1')],
    });
    expect(first).toMatchObject({ commit_id: sha('c1'), timestamp: at('08:00'), landed_head: sha('c2') });
  });

  it('to another branch is a chain unless a merge is among its commits', () => {
    const parentsWith = (comment: string) =>
      eventsOf(
        anAzurePush(
          [aRefUpdate('f3', 'f0', 'refs/heads/feature')],
          [anAzureCommit('f3'), anAzureCommit('f2', { comment }), anAzureCommit('f1')],
        ),
      ).map(({ parents }) => parents);
    expect(parentsWith('Work')).toEqual([[sha('f2')], [sha('f1')], undefined]);
    expect(parentsWith('Merged PR 6: That')).toEqual([[sha('f1'), sha('f2')], undefined, undefined]);
  });

  it('to several branches tells their heads, for the commits are not told apart', () => {
    const updates = [aRefUpdate('c2', 'm0'), aRefUpdate('n1', 'n0', 'refs/heads/next')];
    const commits = [anAzureCommit('c2'), anAzureCommit('c1'), anAzureCommit('n1')];
    expect(eventsOf(anAzurePush(updates, commits)).map((event) => [event.commit_id, event.landed_head])).toEqual([
      [sha('c2'), sha('c2')],
      [sha('n1'), undefined],
    ]);
  });

  it('lands on main where the repository tells no default branch', () => {
    const repository = { name: 'web', project: { name: 'Shop' } };
    const [event] = eventsOf(anAzurePush([aRefUpdate('c1', 'm0')], [anAzureCommit('c1')], repository));
    expect(event).toMatchObject({ landed_head: sha('c1') });
  });
});

describe('a pull request of Azure DevOps', () => {
  it('submits its head commit when it is created', () => {
    expect(read(anAzurePullRequest('created', { time: '09:05' }))).toEqual({
      events: [
        {
          type: 'submit',
          pipeline_id: 'Shop/web',
          commit_id: sha('f2'),
          pull_request_id: 7,
          author: 'Ada L.',
          url: 'https://dev.azure.com/acme/Shop/_git/web/pullrequest/7',
          timestamp: ticks('09:00'),
        },
      ],
    });
  });

  it('submits it when it is made ready, at the time of that', () => {
    const review = { type: 'review', pipeline_id: 'Shop/web', pull_request_id: 7, timestamp: ticks('10:00') };
    expect(read(anAzurePullRequest('created', { draft: true }))).toEqual({ ignored: 'draft' });
    expect(read(anAzurePullRequest('updated', { draft: true, time: '10:00' }))).toMatchObject({
      events: [{ ...review, status: 'canceled' }],
    });
    expect(read(anAzurePullRequest('updated', { time: '10:00' }))).toMatchObject({
      events: [
        { type: 'submit', timestamp: ticks('10:00') },
        { ...review, status: 'in_progress' },
      ],
    });
  });

  it('approves what it is completed as, whichever of two events tells it', () => {
    const [updated, merged] = (['updated', 'merged'] as const).map((event, hour) =>
      read(anAzurePullRequest(event, { status: 'completed', time: `1${hour}:30` })),
    );
    expect(updated).toEqual(merged);
    expect(updated).toMatchObject({
      events: [{ type: 'approve', commit_id: sha('m'), pull_request_id: 7, timestamp: ticks('11:00') }],
    });
  });
});

it('a delivery of Azure DevOps is malformed where it lacks what its event must have', () => {
  expect(() => read({ resource: {} })).toThrow('/eventType');
  expect(() => read({ eventType: 'git.push' })).toThrow('/resource/refUpdates');
  expect(() => read({ eventType: 'git.pullrequest.created', resource: {} })).toThrow('/resource/status');
});
