import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/documents.js';
import { temporaryFolder } from './support/temporary-folder.js';

const git = (...words: string[]): string => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' });

it('a clone that would end its lines as Windows does has the same files', () => {
  const folder = temporaryFolder();
  const files = git('ls-files', '--', '*.sh', '*.groovy', '*.yml', '*.sql', '*.png', 'Dockerfile', '.ci')
    .split('\n')
    .filter(Boolean);
  git('-c', 'core.autocrlf=true', 'checkout-index', `--prefix=${folder}/`, '--', ...files);
  const changed = files.filter((file) => !readFileSync(join(folder, file)).equals(indexed(file)));
  expect([files.length > 10, changed]).toEqual([true, []]);
});

/** A file as it is, or is about to be, committed. */
const indexed = (file: string): Buffer => execFileSync('git', ['show', `:${file}`], { cwd: ROOT, maxBuffer: 2 ** 26 });
