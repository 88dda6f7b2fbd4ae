import { sha } from '../../../test/support/github-payloads.js';
import { aDeployment } from '../../../test/support/gitlab-deployments.js';
import { aMergeRequest, anApproval, aPush } from '../../../test/support/gitlab-payloads.js';
import { UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readGitlab } from './gitlab.reader.js';

const URL = 'https://gitlab.example.com/acme/web/shop/-';

function read(payload: unknown) {
  return readGitlab(new Payload(payload), UNSCOPED);
}

describe('a merge request', () => {
  it('submits its head commit when it is opened, at the time of its creation', () => {
    expect(read(aMergeRequest('open', { created: '09:00', updated: '09:05' }))).toEqual({
      events: [
        {
          type: 'submit',
          pipeline_id: 'acme/web/shop',
          commit_id: sha('f2'),
          pull_request_id: 7,
          author: 'ada',
          url: `${URL}/merge_requests/7`,
          timestamp: '2026-03-02 09:00:00Z',
        },
      ],
    });
  });

  it('submits its head commit when it is reopened or made ready, at the time of that, by nobody in particular', () => {
    const ready = { draft: { previous: true, current: false } };
    for (const [action, changes] of [
      ['reopen', {}],
      ['update', ready],
    ] as const) {
      const reading = read(aMergeRequest(action, { changes, updated: '10:00' }));
      const submission = { type: 'submit', timestamp: '2026-03-02 10:00:00Z', author: undefined };
      expect(reading).toHaveProperty(['events', 0], expect.objectContaining(submission));
    }
  });

  it('submits nothing as a draft', () => {
    expect(read(aMergeRequest('open', { draft: true }))).toEqual({ ignored: 'draft' });
    expect(read(aMergeRequest('reopen', { draft: true }))).toEqual({ ignored: 'draft' });
    const { object_attributes, ...older } = aMergeRequest('open');
    const attributes = { ...object_attributes, draft: undefined, work_in_progress: true };
    expect(read({ ...older, object_attributes: attributes })).toEqual({ ignored: 'draft' });
  });

  it('approves its merge commit when it is merged into the default branch', () => {
    expect(read(aMergeRequest('merge', { merged_as: 'm', updated: '11:00' }))).toEqual({
      events: [
        {
          type: 'approve',
          pipeline_id: 'acme/web/shop',
          commit_id: sha('m'),
          pull_request_id: 7,
          url: `${URL}/merge_requests/7`,
          timestamp: '2026-03-02 11:00:00Z',
        },
      ],
    });
  });

  it('approves what it was squashed to, else its head, when it is merged by a fast-forward', () => {
    const { object_attributes, ...rest } = aMergeRequest('merge');
    const squashed = { ...object_attributes, squash_commit_sha: sha('s') };
    expect(read({ ...rest, object_attributes })).toMatchObject({ events: [{ commit_id: sha('f2') }] });
    expect(read({ ...rest, object_attributes: squashed })).toMatchObject({ events: [{ commit_id: sha('s') }] });
    const merged = { ...squashed, merge_commit_sha: sha('m') };
    expect(read({ ...rest, object_attributes: merged })).toMatchObject({ events: [{ commit_id: sha('m') }] });
  });

  it('approves nothing when it is closed, or merged into another branch', () => {
    expect(read(aMergeRequest('close'))).toEqual({ ignored: 'closed_unmerged' });
    expect(read(aMergeRequest('merge', { merged_as: 'm', target: 'v1' }))).toEqual({ ignored: 'not_default_branch' });
    for (const action of ['update', undefined]) {
      expect(read(aMergeRequest(action))).toEqual({ ignored: 'action_not_used' });
    }
  });
});

describe('a review of a merge request', () => {
  const review = { type: 'review', pipeline_id: 'acme/web/shop', pull_request_id: 7, url: `${URL}/merge_requests/7` };
  const timestamp = '2026-03-02 10:00:00Z';

  it('is that of who approves, and does so no more, whether or not that is all that it takes to merge', () => {
    for (const [action, status] of [
      ['approved', 'success'],
      ['approval', 'success'],
      ['unapproved', 'canceled'],
      ['unapproval', 'canceled'],
    ] as const) {
      const told = { status, review_id: 'user-2', author: 'grace', commit_id: sha('f2'), timestamp };
      expect(read(anApproval(action, { updated: '10:00' }))).toEqual({ events: [{ ...review, ...told }] });
    }
  });

  it('is known by the name of its author where no id is told', () => {
    const approval = { ...anApproval('approved'), user: { name: 'Grace', username: 'grace' } };
    expect(read(approval)).toMatchObject({ events: [{ review_id: 'user-grace' }] });
  });

  it('is nobody’s if its author approves of it, or if GitLab takes approvals away', () => {
    expect(read(aMergeRequest('approval'))).toEqual({ ignored: 'own_review' });
    expect(read(anApproval('unapproval', { system: true }))).toEqual({ ignored: 'approvals_reset' });
  });

  it('as a whole is put off while it is a draft again', () => {
    const [previous, current] = [false, true];
    const withdrawal = aMergeRequest('update', {
      changes: { draft: { previous, current } },
      draft: true,
      updated: '10:00',
    });
    expect(read(withdrawal)).toEqual({ events: [{ ...review, status: 'canceled', timestamp }] });
    const changes = { draft: { previous: current, current: previous } };
    expect(read(aMergeRequest('update', { changes, updated: '10:00' }))).toMatchObject({
      events: [{ type: 'submit' }, { ...review, status: 'in_progress', timestamp }],
    });
  });
});

describe('any delivery', () => {
  it('is ignored by name if what it tells is of no use', () => {
    expect(read({ ...aPush({ commits: [] }), object_kind: 'tag_push' })).toEqual({ ignored: 'tag' });
    for (const object_kind of ['build', 'note', 'wiki_page', 'constructor', undefined]) {
      expect(read({ object_kind })).toEqual({ ignored: 'event_not_used' });
    }
  });

  it('is malformed where it lacks what its event must have, and says so by pointer', () => {
    const cases: [unknown, string][] = [
      [{ object_kind: 'push' }, '/after'],
      [{ ...aPush({ commits: [] }), commits: 'none', after: sha('m') }, '/commits'],
      [{ ...aMergeRequest('open'), project: {} }, '/project/path_with_namespace'],
      [{ ...aDeployment(), deployment_id: '15' }, '/deployment_id'],
      [{ ...aDeployment(), status_changed_at: null }, '/status_changed_at'],
    ];
    for (const [body, pointer] of cases) expect(() => read(body)).toThrow(new RegExp(`^${pointer} must be`));
  });
});
