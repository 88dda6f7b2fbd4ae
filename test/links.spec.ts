import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDocument, ROOT } from './support/documents.js';

/** As GitHub makes them: lower case, no punctuation, blanks to hyphens. */
function anchorsOf(document: string): string[] {
  const headings = document.replaceAll(/^```.*?^```$/gms, '').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function linksOf(document: string): string[] {
  const text = document.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)(?: [^)]*)?\)/g)].map(([, link = '']) => link);
}

function isBroken(page: string, link: string): boolean {
  if (/^https?:/.test(link)) return false;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return true;
  return anchor !== undefined && !anchorsOf(readDocument(target)).includes(anchor);
}

const PAGES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((page) => existsSync(join(ROOT, page)));

const COMMAND = /(?<=[`\n ])devopstic (serve|migrate|rebuild|doctor|user|key|grafana-role|event|import|replay|demo|…)/;
const NAMING_COMMANDS = PAGES.filter((page) => /^(README|doc\/(?!cli\.|adr\/).*)\.md$/.test(page)).filter((page) =>
  COMMAND.test(readDocument(page)),
);

describe('the documentation', () => {
  it.each(PAGES)('%s has no broken link', (page) => {
    expect(linksOf(readDocument(page)).filter((link) => isBroken(page, link))).toEqual([]);
  });

  it.each(NAMING_COMMANDS)('%s links to the command line where it first says `devopstic …`', (page) => {
    const text = readDocument(page);
    const first = text.search(COMMAND);
    // The same paragraph, or the one after a block, may say it.
    const upToThere = text.slice(0, first) + text.slice(first).split('\n\n').slice(0, 2).join('\n\n');
    expect(upToThere).toContain('cli.md');
  });

  it('lists every decision', () => {
    const decisions = PAGES.filter((page) => /^doc\/adr\/\d{4}-/.test(page));
    expect(decisions.length).toBeGreaterThan(0);
    const index = readDocument('doc/adr/README.md');
    expect(decisions.filter((page) => !index.includes(`](${page.slice('doc/adr/'.length)})`))).toEqual([]);
  });
});
