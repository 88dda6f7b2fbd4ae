import { startApp, type TestApp } from './support/app.js';

/** Everything that may be told, though not all of it is of use for one type. */
const TOLD = {
  url: 'https://ci.example.com/runs/4711',
  author: 'octocat 🐙',
  rework: true,
  rollback: false,
  outside: true,
  reverts: ['r1'],
  landed_head: 'c2',
  landed_at: 1772447460,
  parents: ['p1', 'p2'],
  commits: ['c0', 'ü "quoted"'],
  deployment_id: '4711',
  incident_id: 'INC-7',
  review_id: '80',
  pull_request_id: 42,
  commit_id: 'c1',
  environment: 'production',
  status: 'success',
  pipeline_id: 'shop',
  type: 'deploy',
  timestamp: '2026-03-02T11:30:00.5+01:00',
};
const LESS = { type: 'incident_status_change', pipeline_id: 'shop', incident_id: 'INC-8', status: 'failure' };

const HEAD =
  '"id":"e1","type":"deploy","pipeline_id":"shop","status":"success","environment":"production","commit_id":"c1","pull_request_id":42,';
const REST =
  '"commits":["c0","ü \\"quoted\\""],"parents":["p1","p2"],"landed_at":"2026-03-02T10:31:00.000Z","landed_head":"c2",' +
  '"reverts":["r1"],"outside":true,"rollback":false,"rework":true,"author":"octocat 🐙",' +
  '"url":"https://ci.example.com/runs/4711","timestamp":"2026-03-02T10:30:00.500Z","timestamp_inferred":false,"received_at":';

describe('an event is answered to the letter as it has always been', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const RECEIVED = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"(?=})/g;
  const textOf = async (answer: Response) => (await answer.text()).replaceAll(RECEIVED, 'NOW');

  it('when it is sent, and when it is sent again', async () => {
    const body = { ...TOLD, id: 'e1' };
    const text = `{${HEAD}"review_id":"80","incident_id":"INC-7","deployment_id":"4711",${REST}NOW}`;
    expect(await textOf(await app.request('POST', '/events', { body }))).toBe(text);
    expect(await textOf(await app.request('POST', '/events', { body }))).toBe(text);
  });

  it('when nearly nothing is told', async () => {
    const answer = await textOf(await app.request('POST', '/events', { body: LESS }));
    expect(answer.replace(/("timestamp":)"[^"]+"/, '$1NOW')).toBe(
      '{"id":"W-QU3TWJE1aeyuRDHX4UvD","type":"incident_status_change","pipeline_id":"shop","status":"failure","environment":null,' +
        '"commit_id":null,"pull_request_id":null,"review_id":null,"incident_id":"INC-8","deployment_id":null,' +
        '"commits":null,"parents":null,"landed_at":null,"landed_head":null,"reverts":null,"outside":null,' +
        '"rollback":null,"rework":null,"author":null,"url":null,"timestamp":NOW,"timestamp_inferred":true,"received_at":NOW}',
    );
  });

  it('when it is listed', async () => {
    const answer = await textOf(await app.request('GET', '/events?type=deploy'));
    expect(answer).toBe(
      `{"items":[{${HEAD}"incident_id":"INC-7","deployment_id":"4711","review_id":"80",${REST}NOW}],` +
        '"count":1,"limit":100,"next":null}',
    );
  });
});
