import { execFileSync } from 'node:child_process';
import { ROOT } from './support/documents.js';

describe('the tables of the fields of an event in doc/domain.md and doc/cli.md', () => {
  it('say what src/events/event.fields.ts says', () => {
    const words = ['run', '--silent', 'event-fields', '--', '--check'];
    expect(execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8' })).toBe('');
  });
});
