import { aNotification, anAlert } from './support/alert-payloads.js';
import { startApp, type TestApp } from './support/app.js';
import { blocks, readDocument, section } from './support/documents.js';
import {
  aCommit,
  aDeploymentStatus,
  anIssue,
  aPullRequest,
  aPush,
  aWorkflowRun,
  type CommitOptions,
  sha,
} from './support/github-payloads.js';
import { GITHUB_SECRET, GithubSender } from './support/github-sender.js';
import { aKey } from './support/people.js';
import { putScope } from './support/scoping.js';
import { read } from './support/sending.js';

const DOC = section(readDocument('doc/scope.md'), '## One repository, several pipelines');

let app: TestApp;
let github: GithubSender;
beforeAll(async () => {
  app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET });
  github = new GithubSender(app.url);
});
afterAll(() => app.close());

const rulesOfDoc = () => JSON.parse(blocks(DOC, 'json')[0] ?? '') as object;

/** Of the table of the page, what each commit changes, and in which of both pipelines it is. */
function commitsOfDoc() {
  const rows = DOC.split('\n').map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  return rows.flatMap(([, name = '', files = '', api = '', web = '']) =>
    /^c\d$/.test(name) ? [{ name, files: files.split(' and '), within: { 'shop-api': api, 'shop-web': web } }] : [],
  );
}

interface Event {
  pipeline_id: string;
  type: string;
  commit_id: string | null;
  deployment_id: string | null;
  environment: string | null;
  status: string;
  outside: boolean | null;
}

async function eventsOf(query: string): Promise<Event[]> {
  return (await read<{ items: Event[] }>(app, `/events?limit=500&${query}`)).items;
}

/** What is told of each pipeline, in words. */
async function told(query: string, word: (event: Event) => string | null): Promise<Record<string, (string | null)[]>> {
  const words = new Map<string, (string | null)[]>();
  for (const event of await eventsOf(query)) {
    words.set(event.pipeline_id, [...(words.get(event.pipeline_id) ?? []), word(event)].toSorted());
  }
  return Object.fromEntries(words);
}

async function tell(event: string, payload: unknown): Promise<void> {
  expect((await github.send(event, payload)).body).toMatchObject({ outcome: 'recorded' });
}

const commitOf = (name: string, files: string[], options: CommitOptions = {}) => aCommit(name, { ...options, files });

async function tellStory(): Promise<void> {
  const commits = commitsOfDoc().map(({ name, files }) => commitOf(name, files));
  await tell('push', aPush({ before: 'older', commits }));
  const merge = "Merge branch 'main' into feature";
  const branch = [commitOf('f1', ['services/api/a.ts']), commitOf('f2', ['services/web/b.ts'], { message: merge })];
  await tell('push', aPush({ ref: 'refs/heads/feature', commits: branch }));
  await tell('pull_request', aPullRequest('opened'));
  await tell('pull_request', aPullRequest('closed', { merged: { as: 'c4', time: '11:00' } }));
  await tell('deployment_status', aDeploymentStatus({ commit: 'c4', id: 1, environment: 'api-production' }));
  await tell('deployment_status', aDeploymentStatus({ commit: 'c4', id: 2, environment: 'stage' }));
  await tell('issues', anIssue('closed', { labels: ['incident', 'shop-web'], closed: '11:00' }));
}

async function replay(): Promise<Record<string, unknown>> {
  const answer = await app.request('POST', '/webhook-deliveries/replay', { body: { dry_run: false } });
  return (await answer.json()) as Record<string, unknown>;
}

const both = <Word>(...words: Word[]) => ({ 'shop-api': words, 'shop-web': words });

describe('a repository with several pipelines, by a rule that is made later', () => {
  beforeAll(async () => {
    await tellStory();
    expect(Object.keys(await told('', ({ type }) => type))).toEqual(['acme/shop']);
    await putScope(app, rulesOfDoc());
    const { outcomes } = await replay();
    expect(outcomes).toEqual({ recorded: 7 });
  });

  it('has nothing left of itself, and is not replayed twice', async () => {
    expect(await eventsOf('pipeline=acme/shop')).toEqual([]);
    expect(await replay()).toMatchObject({ events: { added: 0, withdrawn: 0 }, outcomes: { recorded: 7 } });
  });

  it('has its commits told of each pipeline, those that change nothing of it as outside, as the page shows', async () => {
    const commits = commitsOfDoc();
    expect(commits.length).toBeGreaterThan(3);
    for (const pipeline of ['shop-api', 'shop-web'] as const) {
      const events = await eventsOf(`type=commit&pipeline=${pipeline}`);
      for (const { name, within } of commits) {
        const event = events.find(({ commit_id }) => commit_id === sha(name));
        expect({ name, pipeline, is: event?.outside === true ? 'outside' : 'inside' }).toEqual({
          name,
          pipeline,
          is: within[pipeline],
        });
      }
    }
  });

  it('has a merge of the default branch outside of all, though it lists what that brought', async () => {
    const of_branch = (await eventsOf('type=commit')).filter(({ commit_id }) => commit_id === sha('f2'));
    expect(of_branch.map(({ outside }) => outside)).toEqual([true, true]);
  });

  it('has its pull requests told of all', async () => {
    expect(await told('type=submit', ({ commit_id }) => commit_id)).toEqual(both(sha('f2')));
    expect(await told('type=approve', ({ commit_id }) => commit_id)).toEqual(both(sha('c4')));
  });

  it('has a deployment told of the pipeline that a rule names, in its environment, and any other of all', async () => {
    const deployed = await told('type=deploy', ({ environment, deployment_id }) => `${deployment_id} ${environment}`);
    expect(deployed).toEqual({ 'shop-api': ['1 production', '2 stage'], 'shop-web': ['2 stage'] });
    await tell(
      'workflow_run',
      aWorkflowRun('completed', { workflow: 'Deploy web', commit: 'c4', conclusion: 'success' }),
    );
    const runs = (await eventsOf('type=deploy')).filter(({ deployment_id }) => deployment_id?.startsWith('run-'));
    expect(new Set(runs.map(({ pipeline_id }) => pipeline_id))).toEqual(new Set(['shop-web']));
  });

  it('has an incident of the pipeline that a label names, and its end of all', async () => {
    expect(await told('type=incident_status_change', ({ status }) => status)).toEqual({
      'shop-api': ['success'],
      'shop-web': ['failure', 'success'],
    });
  });
});

describe('a key that is limited to some of the pipelines of a repository', () => {
  const alert = aNotification([anAlert({ labels: { pipeline: 'acme/shop', environment: 'production' } })]);
  const send = async (...pipelines: string[]) => {
    const { secret } = await aKey(app, { pipelines });
    const answer = await app.request('POST', '/alertmanager/alerts', { token: secret, body: alert });
    return { status: answer.status, answer: (await answer.json()) as object };
  };
  const alerts = async () => (await eventsOf('type=incident_status_change')).length;

  it('may tell nothing that is told of others too', async () => {
    const before = await alerts();
    for (const pipelines of [['shop-api'], ['acme/shop'], ['acme/shop', 'shop-web']]) {
      const { status, answer } = await send(...pipelines);
      expect([status, answer]).toMatchObject([403, { detail: 'The key is limited to other pipelines' }]);
    }
    await replay();
    expect(await alerts()).toBe(before);
  });

  it('may tell it if it may of all', async () => {
    const before = await alerts();
    expect(await send('shop-api', 'shop-web')).toMatchObject({ status: 200, answer: { outcome: 'recorded' } });
    expect(await alerts()).toBe(before + 2);
  });
});

it('a hook that is tried shows what it would tell of each pipeline, with the id that is the same in all', async () => {
  const deploy = {
    type: 'deploy',
    id: { path: '$.id' },
    pipeline_id: 'acme/shop',
    environment: 'production',
    status: 'success',
    commit_id: { path: '$.sha' },
    timestamp: { path: '$.at' },
  };
  const declared = await app.request('PUT', '/hooks/shop', { body: { events: [deploy] } });
  expect([declared.status, declared.ok ? '' : await declared.text()]).toEqual([expect.any(Number), '']);
  const payload = { id: 'd1', sha: 'c4', at: '2026-03-02T12:00:00Z' };
  const tried = await app.request('POST', '/hooks/shop/try', { body: { payload } });
  const { events } = (await tried.json()) as { events: object[] };
  expect(events).toMatchObject([
    { id: 'd1', pipeline_id: 'shop-api' },
    { id: 'd1', pipeline_id: 'shop-web' },
  ]);
  const sent = await app.request('POST', '/hooks/shop', { body: payload });
  expect(await sent.json()).toMatchObject({ outcome: 'recorded', event_ids: ['d1'] });
});
