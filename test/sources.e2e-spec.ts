import { startApp, type TestApp } from './support/app.js';
import { dump } from './support/dump.js';
import { rowCounts } from './support/row-counts.js';
import { read } from './support/sending.js';
import { allSources, documentedSources, reasonsInCode, secretsOf, useSources } from './support/source-samples.js';
import { SourceSender } from './support/source-sender.js';

const sources = await allSources();
let app: TestApp;
let sender: SourceSender;

beforeAll(async () => {
  const secrets = Object.entries(secretsOf(sources));
  app = await startApp(Object.fromEntries(secrets.map(([variable, secret]) => [variable, `${secret},the one before`])));
  sender = await SourceSender.start(app);
  await useSources(app, sources);
});
afterAll(() => app.close());

describe.each(sources)('$source', (source) => {
  it.each(source.samples)('$event: $says', async (sample) => {
    const answer = await sender.send(source, sample);
    expect({ ...answer.body, event_ids: await sender.eventsOf(answer) }).toEqual({
      outcome: sample.becomes ? 'recorded' : 'ignored',
      event_ids: sample.becomes ?? [],
      reason: sample.ignored ?? null,
    });
    expect(answer.status).toBe(sample.becomes || sample.ignored === 'ping' ? 200 : 202);
  });

  it('changes nothing when it sends everything once more', async () => {
    const [rows, facts] = [await rowCounts(app), await dump(app.dataSource, '')];
    for (const sample of source.samples) {
      const { body } = await sender.send(source, sample);
      expect(body.outcome).toBe(sample.becomes ? 'recorded' : 'ignored');
    }
    expect([await rowCounts(app), await dump(app.dataSource, '')]).toEqual([rows, facts]);
  });

  it('is refused with a wrong proof, and nothing of it is kept', async () => {
    const rows = await rowCounts(app);
    for (const sample of source.samples) {
      const { status, type } = await sender.sendForged(source, sample);
      expect([sample.says, status, type]).toEqual([sample.says, 401, 'application/problem+json; charset=utf-8']);
    }
    expect(await rowCounts(app)).toEqual(rows);
  });

  it('is told what is wrong with a body that is no JSON', async () => {
    const [sample] = source.samples;
    const { status, body } = await sender.send(source, { ...sample!, body: '{"broken"' });
    expect([status, body.detail]).toEqual([400, 'The payload is malformed']);
  });

  it('may tell what nobody knows: it is ignored, and no fault', async () => {
    const { status, body } = await sender.send(source, source.unknown);
    expect([status, body]).toEqual([202, { outcome: 'ignored', event_ids: [], reason: source.unknown.ignored }]);
  });

  it('leads from webhook to metric', async () => {
    for (const sample of source.story.told) {
      const answer = await sender.send(source, sample);
      expect([sample.says, await sender.eventsOf(answer)]).toEqual([sample.says, sample.becomes ?? []]);
    }
    expect(await read(app, `/dora/summary?${source.story.query}`)).toMatchObject(source.story.summary);
  });

  it('is what the table of sources says', () => {
    const { path, events, becomes, ignored } = documentedSources()[source.source] ?? {};
    const told = source.samples.flatMap((sample) => (sample.becomes ? [sample.event] : []));
    expect({ path, events, becomes, ignored }).toEqual({
      path: [`POST ${source.path}`],
      events: distinct(told),
      becomes: distinct(source.samples.flatMap((sample) => sample.becomes ?? [])),
      ignored: distinct(source.samples.flatMap((sample) => sample.ignored ?? [])),
    });
    expect(ignored).toEqual(reasonsInCode(source));
  });
});

it('every source of the table is tested', () => {
  expect(sources.map((one) => one.source).toSorted()).toEqual(Object.keys(documentedSources()).toSorted());
});

it('a source without a secret is off', async () => {
  const off = await startApp();
  const to_off = await SourceSender.start(off);
  for (const source of sources.filter(({ secret }) => secret !== undefined)) {
    expect([source.source, (await to_off.send(source, source.samples[0]!)).status]).toEqual([source.source, 404]);
  }
  await off.close();
});

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}

describe.each(sources.filter(({ secret }) => secret !== undefined))('the signature of $source', (source) => {
  it('may stand beside others in one header, and counts to its last character', async () => {
    const { sample, several, longer } = sender.proofsOf(source);
    const isTaken = async (proof: Record<string, string>) =>
      (await sender.sendWith(source, sample, proof)).status < 300;
    for (const proof of several) expect([proof, await isTaken(proof)]).toEqual([proof, true]);
    expect([longer, await isTaken(longer)]).toEqual([longer, false]);
  });
});
