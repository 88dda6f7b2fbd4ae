import { startApp, type TestApp } from './support/app.js';
import { blocks, readDocument, section } from './support/documents.js';
import { HookClient, type Json } from './support/hooks.js';
import { aKey, aUser, problemOf } from './support/people.js';
import { allSources, type SourceSamples, useSources } from './support/source-samples.js';
import { SourceSender } from './support/source-sender.js';

const shipped = (await allSources()).filter(({ path }) => path.startsWith('/hooks/'));
const SECRET = 'a secret of sixteen letters and more';

let app: TestApp;
let hooks: HookClient;

beforeAll(async () => {
  app = await startApp();
  hooks = new HookClient(app, (await aKey(app)).secret);
  await useSources(app, shipped);
});
afterAll(() => app.close());

async function json(path: string): Promise<Json> {
  return (await (await app.request('GET', path)).json()) as Json;
}

async function listed(): Promise<{ name: string; declaration: Json }[]> {
  return (await json('/shipped-hooks'))['items'] as { name: string; declaration: Json }[];
}

function put(name: string, body: object): Promise<Response> {
  return app.request('PUT', `/hooks/${name}`, { body });
}

/** The blocks of JSON of a page. */
function jsonOf(page: string, heading?: string): Json[] {
  const text = readDocument(page);
  return blocks(heading === undefined ? text : section(text, heading), 'json').map((one) => JSON.parse(one) as Json);
}

describe('a shipped declaration', () => {
  it('is listed for admins, by name, and each has samples', async () => {
    expect((await listed()).map(({ name }) => name)).toEqual(shipped.map(({ source }) => source));
    const { token } = await aUser(app, 'editor');
    expect((await app.request('GET', '/shipped-hooks', { token })).status).toBe(403);
  });

  it('is saved whole, in the order in which it is shipped, with the parts that are given in place of its own', async () => {
    const jira = (await listed()).find(({ name }) => name === 'jira')?.declaration as Json;
    const when = [{ path: '$.issue.fields.priority.name', in: ['Highest'] }];
    const signature = { header: 'X-Other', secrets: [SECRET] };
    const saved = await put('jira-2', { from: 'jira', when, signature });
    expect(saved.status).toBe(201);
    const { declaration } = (await saved.json()) as Json;
    const signed = { ...(jira['signature'] as Json), header: 'X-Other' };
    expect(declaration).toEqual({ ...jira, when, signature: signed });
    expect((await json('/hooks/jira-2'))['declaration']).toEqual(declaration);
    expect((await put('jira-2', declaration as Json)).status).toBe(200);
    expect(await listed()).toContainEqual({ name: 'jira', declaration: jira });
  });

  it('needs a secret of its own, or takes API keys instead', async () => {
    expect(await problemOf(await put('jira-3', { from: 'jira' }))).toMatchObject({
      status: 400,
      pointers: ['/signature/secrets'],
    });
    const keyed = await put('jira-3', { from: 'jira', signature: null });
    expect([keyed.status, JSON.stringify(await keyed.json())]).toEqual([201, expect.not.stringContaining('signature')]);
    const [payload = {}] = jsonOf('doc/sources/jira.md');
    expect(await hooks.send('jira-3', payload)).toMatchObject({ status: 200, body: { outcome: 'recorded' } });
    const signature = { kind: 'token', header: 'X-Token', secrets: [SECRET] };
    expect((await put('servicenow-2', { from: 'servicenow', signature })).status).toBe(201);
  });

  it.each([
    [{ from: 'levitation' }, ['/from']],
    [{ from: 7 }, ['/from']],
    [{ from: 'jira', whem: [] }, ['/whem']],
    [{ from: 'jira', signature: { secrets: ['short'] } }, ['/signature/secrets/0']],
    [{ from: 'jira', signature: null, each: '$.a' }, ['/each']],
    [{ from: 'servicenow', signature: { secrets: [SECRET] } }, ['/signature/kind', '/signature/header']],
  ])('is told what is wrong with %j', async (body, pointers) => {
    const problem = await problemOf(await put('wrong', body));
    expect([problem.status, problem.pointers.toSorted()]).toEqual([400, pointers.toSorted()]);
    const tried = await app.request('POST', '/hooks/wrong/try', { body: { declaration: body, payload: {} } });
    expect((await problemOf(tried)).pointers.toSorted()).toEqual(pointers.map((at) => `/declaration${at}`).toSorted());
  });
});

describe('the pages', () => {
  it('show payloads that are read as they say', async () => {
    const [issue] = jsonOf('doc/sources/jira.md');
    const [incident] = jsonOf('doc/sources/servicenow.md');
    const life = ['2026-03-02T09:00:00.000Z', '2026-03-02T09:30:00.000Z'];
    for (const [from, payload, incident_id] of [
      ['jira', issue, 'SHOP-118'],
      ['servicenow', incident, 'INC0010023'],
    ] as const) {
      const { events } = await hooks.tryOut(from, { declaration: { from, signature: null }, payload });
      expect(events.map((event) => [event['incident_id'], event['timestamp']])).toEqual(
        life.map((time) => [incident_id, time]),
      );
    }
  });

  it('show declarations that can be put as they are', async () => {
    const [sentry = {}] = jsonOf('doc/sources/sentry.md');
    const [jira = {}] = jsonOf('doc/sources/hooks.md', '## Start from a shipped one');
    expect((await put('sentry', sentry)).status).toBe(200);
    expect((await put('jira-4', jira)).status).toBe(201);
  });
});

describe.each(shipped)('an incident of $source', (source: SourceSamples) => {
  /** What is to be read of it after each delivery of the story. */
  const EXPECTED: Record<string, [string, string | null][]> = {
    jira: [
      ['09:00:00.000', null],
      ['09:00:00.000', '09:30:00.000'],
      ['09:00:00.000', null],
      ['09:00:00.000', '10:00:00.000'],
    ],
    servicenow: [
      ['09:00:00.000', null],
      ['09:00:00.000', '09:20:00.000'],
      ['09:00:00.000', null],
      ['09:00:00.000', '09:40:00.000'],
    ],
    sentry: [
      ['09:00:00.391', null],
      ['09:00:00.391', '09:20:00.000'],
      ['09:00:00.391', null],
      ['09:00:00.391', '10:00:00.000'],
    ],
  };

  it('is one over its life, and opens and is restored when its tool says', async () => {
    const sender = await SourceSender.start(app);
    const pipeline = /pipeline=([^&]+)/.exec(source.story.query)?.[1];
    const seen: [unknown, unknown][] = [];
    for (const sample of source.story.told) {
      await sender.send(source, sample);
      const incidents = (await json(`/incidents?pipeline=${pipeline}`))['items'] as Json[];
      seen.push(...incidents.map(({ opened_at, resolved_at }): [unknown, unknown] => [opened_at, resolved_at]));
    }
    const day = (time: string | null) => time && `2026-03-02T${time}Z`;
    expect(seen).toEqual(EXPECTED[source.source]?.map(([opened, resolved]) => [day(opened), day(resolved)]));
  });
});
