import { readEvent } from './event.reader.js';

const RECEIVED = new Date('2026-03-02T12:00:00.250Z');

/** What each type takes, be it of use there or not. */
const ALL = {
  pipeline_id: 'acme/shop',
  environment: 'production',
  commit_id: 'c1',
  pull_request_id: 42,
  review_id: '80',
  incident_id: 'INC-7',
  deployment_id: '4711',
  commits: ['c0', 'ü "quoted"'],
  parents: ['p1', 'p2'],
  landed_at: 1772447460,
  landed_head: 'c2',
  reverts: ['r1'],
  outside: false,
  rollback: true,
  rework: true,
  author: 'octocat 🐙',
  url: 'https://ci.example.com/runs/4711',
  timestamp: '2026-03-02T11:30:00.5+01:00',
};

function read(body: object) {
  const result = readEvent(body, RECEIVED);
  if ('errors' in result) throw new Error(JSON.stringify(result.errors));
  return result.event;
}

/**
 * Databases hold these ids, and senders rely on them when they send again. So the literals stay as they are, whatever is added to
 * the contract: of a new field there is a new line.
 */
describe('the id that is derived from the content stays what it has always been, of', () => {
  const told = (body: object) => [read(body).id, read({ ...body, id: 'mine' }).content_hash];

  it.each([
    ['commit', { commit_id: 'c1' }, 'W42eDKwbEONhVEe5mokdQP'],
    ['submit', { commit_id: 'c1' }, 'f_ADsL41AtHcZVVuguldYg'],
    ['review', { pull_request_id: 42, status: 'canceled' }, 'ZMpNVRplhVvaH7mD9M2-xJ'],
    ['approve', { commit_id: 'c1', status: 'failure' }, 'WoTsXhEF7tSmWtltlKBTbJ'],
    ['deploy', { commit_id: 'c1', environment: 'qa', status: 'in_progress' }, 'ORJ_LZjYq8S4m-9u7GUerR'],
    ['incident_status_change', { incident_id: 'INC-7', status: 'failure' }, 'C6jfd-6-E1mgvsqnb5M29B'],
  ])('a %s with what it must have', (type, fields, id) => {
    expect(told({ type, pipeline_id: 'shop', ...fields })).toEqual([id, id]);
  });

  it.each([
    ['commit', 'WDrf5OyH_NXES7fsqavzCF'],
    ['submit', 'ouLQzQ5MWeplcyUhKU0LgQ'],
    ['review', 'QTpVF5scwdWVFZwdReuiTb'],
    ['approve', 'yCE_Kw2pBXygnHJ6ZDJwjv'],
    ['deploy', 'YuLJ14olKooZ-e8eSQc0Ux'],
    ['incident_status_change', 'bpQbZIcAxfrmWTQav6lWkf'],
  ])('a %s with everything that may be told', (type, id) => {
    const body = { ...ALL, type, status: 'success' };
    expect(told(body)).toEqual([id, id]);
    expect(told(Object.fromEntries(Object.entries(body).toReversed()))).toEqual([id, id]);
  });

  it.each([
    [{ status: 'failure' }, 'w0-pV-mULKSS31OgjXrPXI'],
    [{ environment: ALL.environment }, 'NUm9cA2op9W8zSegcRrBNO'],
    [{ pull_request_id: ALL.pull_request_id }, 'Vwq8zX4rkc5evznq2KquRG'],
    [{ review_id: ALL.review_id }, 'EASMVfrfugLmgjGIgsPaJU'],
    [{ incident_id: ALL.incident_id }, 'dPJSmkKQYoDBQu7VIFU1ol'],
    [{ deployment_id: ALL.deployment_id }, 'HeWI32CrxPyp9716DLPsmr'],
    [{ commits: ALL.commits }, 'k7dvTGYUv8E3r79OX7Uowv'],
    [{ parents: ALL.parents }, '8irZfyo4VnSr1yPjYJgvoL'],
    [{ landed_at: ALL.landed_at }, '5G32CmWbuqVf-w0SU6WAJ1'],
    [{ landed_at: ALL.landed_at, landed_head: ALL.landed_head }, 'da71duIDq7a7wPYHo1UkWH'],
    [{ reverts: ALL.reverts }, 'gUp0qXY-6JRfRYAzRMCKse'],
    [{ outside: ALL.outside }, 'bia1PVwWL96qdkKu96SBip'],
    [{ rollback: ALL.rollback }, 'S14sU4mHWMRS-LASpfwk_W'],
    [{ rework: ALL.rework }, 'YkUSh_Qm9IBhFtbdcsBSmq'],
    [{ author: ALL.author }, 'ppANA7j6trMFqhGdyWKLvf'],
    [{ url: ALL.url }, 'qyoPMo9d7SODN3QTmnwtxG'],
    [{ timestamp: ALL.timestamp }, 'O7_DDFTS-rbd9SdB7tICTW'],
  ])('a commit with %j', (more, id) => {
    expect(told({ type: 'commit', pipeline_id: 'shop', commit_id: 'c1', ...more })).toEqual([id, id]);
  });
});
