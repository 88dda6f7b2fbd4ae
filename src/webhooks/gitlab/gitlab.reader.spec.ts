import { sha } from '../../../test/support/github-payloads.js';
import { aDeployment } from '../../../test/support/gitlab-deployments.js';
import { aMergeRequest, aPush } from '../../../test/support/gitlab-payloads.js';
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
      expect(reading).toMatchObject({ events: [{ type: 'submit', timestamp: '2026-03-02 10:00:00Z' }] });
      expect(reading).toHaveProperty(['events', 0, 'author'], undefined);
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

  it('approves nothing when it is closed, merged into another branch, or approved by somebody', () => {
    expect(read(aMergeRequest('close'))).toEqual({ ignored: 'closed_unmerged' });
    expect(read(aMergeRequest('merge', { merged_as: 'm', target: 'v1' }))).toEqual({ ignored: 'not_default_branch' });
    for (const action of ['approved', 'approval', 'unapproved', 'unapproval', 'update', undefined]) {
      expect(read(aMergeRequest(action))).toEqual({ ignored: 'action_not_used' });
    }
    const withdrawn = { draft: { previous: false, current: true } };
    expect(read(aMergeRequest('update', { changes: withdrawn }))).toEqual({ ignored: 'action_not_used' });
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
