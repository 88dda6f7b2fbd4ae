import { ADMIN, startApp, type TestApp } from './support/app.js';
import { answersIn, bash, blocks, readDocument } from './support/documents.js';

const USAGE = readDocument('doc/usage.md');
/** It links to this table instead of repeating it. */
const SOURCES = readDocument('doc/sources/README.md');

describe('doc/usage.md', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('has examples that work, one after the other, and answers as it shows', async () => {
    const examples = blocks(USAGE, 'bash')
      .join('\n')
      .replace('http://localhost:8080', app.url)
      .replace("'<the password that the first start printed>'", `'${ADMIN.password}'`);
    const answers = answersIn(await bash(examples));
    const promised = blocks(USAGE, 'json').find((block) => block.includes('accepted')) ?? '';
    expect(answers).toContainEqual(JSON.parse(promised));
    const { items } = (await (await app.request('GET', '/incidents')).json()) as { items: object[] };
    expect(items).toMatchObject([
      { incident_id: 'INC-8', state: 'open' },
      { incident_id: 'INC-7', state: 'resolved', cause_method: 'explicit', cause_deployment_id: '4711' },
    ]);
  });

  it('shows an error as the service answers it', async () => {
    const shown = blocks(USAGE, 'json').find((block) => block.includes('about:blank')) ?? '';
    const { request_id: _shown, ...promised } = JSON.parse(shown) as { request_id: string };
    const answer = await app.request('POST', '/events', { body: { type: 'commit', pipeline_id: 'shop' } });
    expect(await answer.json()).toEqual({ ...promised, request_id: expect.any(String) });
  });

  it('names every path of the contract, or the table of sources does', async () => {
    const { paths } = (await (await app.request('GET', '/openapi.json')).json()) as { paths: Record<string, object> };
    const missing = Object.keys(paths).filter((path) => !(USAGE + SOURCES).includes(path.split('/{')[0] ?? path));
    expect(missing).toEqual([]);
  });
});
