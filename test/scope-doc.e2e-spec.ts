import { ADMIN, startApp, type TestApp } from './support/app.js';
import { answersIn, bash, blocks, readDocument, section } from './support/documents.js';

const PAGE = readDocument('doc/scope.md');

describe('doc/scope.md', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('has examples that work, one after the other, and answers as it shows', async () => {
    const examples = blocks(PAGE, 'bash')
      .join('\n')
      .replace('http://localhost:8080', app.url)
      .replace("'<the password that the first start printed>'", `'${ADMIN.password}'`);
    const answers = answersIn(await bash(examples));
    // What its rules do is told in monorepo.e2e-spec.ts.
    const others = PAGE.replace(section(PAGE, '## One repository, several pipelines'), '');
    const shown = blocks(others, 'json').map((block) => JSON.parse(block) as object);
    expect(shown).toHaveLength(2);
    expect([answers[0], answers.at(-1)]).toEqual(shown);
    expect(answers[2]).toMatchObject({ pipelines: ['shop'], deployment_frequency: { deployments: 1 } });
    expect(answers[3]).toMatchObject({ items: [{ pipeline_id: 'shop' }] });
  });

  it('says what each rule does', async () => {
    const { rules } = (await (await app.request('GET', '/scope')).json()) as { rules: object };
    expect(Object.keys(rules).filter((name) => !PAGE.includes(`| \`${name}\``))).toEqual([]);
  });
});
