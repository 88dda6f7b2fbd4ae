import { jest } from '@jest/globals';
import { ADMIN, startApp, type TestApp } from './support/app.js';
import { PROGRAM } from './support/cli.js';
import { answersIn, bash, blocks, readDocument, section } from './support/documents.js';
import { runImport } from './support/importing.js';
import { temporaryFolder } from './support/temporary-folder.js';

jest.setTimeout(120_000);

const PAGE = readDocument('doc/import.md');

describe('doc/import.md', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  it('has examples of files that work, one after the other, and outcomes as it shows', async () => {
    const files = section(PAGE, '## A file');
    const folder = temporaryFolder();
    const devopstic = `devopstic() { ${PROGRAM} "$@"; }`;
    const output = await bash([`cd ${folder}`, devopstic, ...blocks(files, 'bash')].join('\n'), {
      DEVOPSTIC_PORT: new URL(app.url).port,
      DEVOPSTIC_PASSWORD: ADMIN.password,
      DEVOPSTIC_USERNAME: ADMIN.username,
    });
    expect(answersIn(output)).toEqual(blocks(files, 'json').map((block) => JSON.parse(block) as object));
    const shown = blocks(files, 'text').find((block) => block.includes('rejected')) ?? '';
    expect(output).toContain(shown);
  });

  it('names every option', async () => {
    for (const command of ['git', 'github', 'file']) {
      const { stdout } = await runImport([command, '--help']);
      const options = [...stdout.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option = '']) => option);
      expect(options).toContain('--dry-run');
      expect(options.filter((option) => !PAGE.includes(option))).toEqual([]);
    }
  });
});
