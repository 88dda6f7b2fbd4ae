import { jest } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { environmentOf, startApp, type TestApp } from './support/app.js';
import { finish, PROGRAM } from './support/cli.js';
import { bash, blocks, readDocument, ROOT, section } from './support/documents.js';

// It starts the program for each command.
jest.setTimeout(180_000);

const PAGE = readDocument('doc/cli.md');
const HEADINGS = [...PAGE.matchAll(/^#+ devopstic (.+)$/gm)].map(([heading, command = '']) => ({ heading, command }));
const COMMON = section(PAGE, '## Events').split('\n### ')[0] ?? '';

const optionsIn = (text: string) => [...new Set(text.match(/(?<=[ `(])--[a-z][a-z-]*/g))].toSorted();

async function helpOf(command: string): Promise<string> {
  const { code, stdout } = await finish([...command.split(' ').filter(Boolean), '--help']);
  expect([command, code]).toEqual([command, 0]);
  return stdout;
}

/** What the list of options says, without descriptions and examples. */
const listed = (help: string) => (help.split('Options:\n')[1] ?? '').split(/\n\n/)[0] ?? '';
const commandsIn = (help: string) =>
  [...help.matchAll(/^ {2}([a-z][a-z-]*)(?: \[options\])?(?: <[\w/]+>)* {2,}/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');

describe('doc/cli.md', () => {
  it('has every command, and no other', async () => {
    const top = commandsIn(await helpOf(''));
    const all: string[] = [];
    for (const name of top) {
      const below = commandsIn(await helpOf(name));
      all.push(...(below.length === 0 ? [name] : below.map((one) => `${name} ${one}`)));
    }
    expect(HEADINGS.map(({ command }) => command).toSorted()).toEqual(all.toSorted());
    const table = [...section(PAGE, '# Command line').matchAll(/^\| \[`([a-z-]+)`\]/gm)].map(([, name]) => name);
    expect(table).toEqual(top);
  });

  it.each(HEADINGS)('has the options of $command, and no other', async ({ heading, command }) => {
    const help = listed(await helpOf(command));
    const options = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option);
    const shown = section(PAGE, heading).split('\n```')[0] ?? '';
    const told = optionsIn(command.startsWith('event ') ? shown + rows(COMMON) : shown);
    expect(told).toEqual(options.filter((option) => option !== '--help').toSorted());
  });

  const rows = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| `--'))
      .join('\n');

  it('has every finding of the doctor', () => {
    const sources = readdirSync(`${ROOT}/src/doctor`).filter((file) => file.endsWith('.ts'));
    const code = sources.map((file) => readDocument(`src/doctor/${file}`)).join('\n');
    const found = [...code.matchAll(/name: '(\w+)',\s+severity: '(\w+)'/g)].map(([, name, severity]) => [
      name,
      severity,
    ]);
    const told = [...section(PAGE, '### devopstic doctor').matchAll(/^\| `(\w+)` +\| (\w+) /gm)].map(
      ([, name, severity]) => [name, severity],
    );
    expect(told.toSorted()).toEqual(found.toSorted());
  });

  describe('has examples', () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await startApp();
    });
    afterAll(() => app.close());

    it('that work, one after the other', async () => {
      const examples = blocks(PAGE, 'bash').join('\n').replaceAll('http://localhost:8080', app.url);
      const script = `devopstic() { ${PROGRAM} "$@"; }\n${examples}`;
      const output = await bash(script, environmentOf(app.database));
      expect(output).toContain('ada has the new password');
      expect(output).toContain('Stored: deploy of shop in production, c1, success');
      const { items } = (await (await app.request('GET', '/incidents')).json()) as { items: object[] };
      expect(items).toMatchObject([{ incident_id: 'INC-7', state: 'resolved', cause_method: 'window' }]);
    });
  });
});
