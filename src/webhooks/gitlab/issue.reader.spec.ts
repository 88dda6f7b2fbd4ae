import { at } from '../../../test/support/github-payloads.js';
import { anIssue, labelled } from '../../../test/support/gitlab-payloads.js';
import { UNSCOPED } from '../../scope/scope.js';
import { Payload } from '../payload.js';
import { readGitlab } from './gitlab.reader.js';

const URL = 'https://gitlab.example.com/acme/web/shop/-';

function read(payload: unknown) {
  return readGitlab(new Payload(payload), UNSCOPED);
}

describe('an issue', () => {
  const incident = {
    type: 'incident_status_change',
    pipeline_id: 'acme/web/shop',
    incident_id: 'issue-23',
    labels: [] as string[],
    url: `${URL}/issues/23`,
  };
  const began = { ...incident, status: 'failure', timestamp: at('13:00') };

  it('is an incident by its type or by a label, when it is opened or gets the label', () => {
    for (const action of ['open', 'update']) {
      expect(read(anIssue(action, { type: 'Incident' }))).toEqual({ events: [began] });
      expect(read(anIssue(action, { labels: ['bug', 'Incident'] }))).toEqual({
        events: [{ ...began, labels: ['bug', 'Incident'] }],
      });
      expect(read(anIssue(action, { labels: ['bug'] }))).toEqual({ ignored: 'not_an_incident' });
    }
  });

  it('tells when it began, and that it is over or has come back', () => {
    const closed = { type: 'Incident', closed: '14:00', updated: '14:05' };
    expect(read(anIssue('close', closed))).toEqual({
      events: [began, { ...incident, status: 'success', timestamp: '2026-03-02 14:00:00Z' }],
    });
    expect(read(anIssue('reopen', { type: 'Incident', updated: '15:00' }))).toEqual({
      events: [began, { ...incident, status: 'failure', timestamp: '2026-03-02 15:00:00Z' }],
    });
  });

  it('is no incident any more when it loses the label: that ends it', () => {
    const changes = { labels: { previous: labelled(['incident']), current: [] } };
    expect(read(anIssue('update', { changes, updated: '13:30' }))).toEqual({
      events: [{ ...incident, status: 'success', timestamp: '2026-03-02 13:30:00Z' }],
    });
  });

  it('tells nothing without an action, as when it is sent for a test', () => {
    expect(read(anIssue(undefined, { type: 'Incident' }))).toEqual({ ignored: 'action_not_used' });
  });
});
