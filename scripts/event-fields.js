// npm run event-fields: writes the tables of the event's fields in doc/domain.md and doc/cli.md. With --check it writes nothing, but
// fails if one of them is another.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { withFields, withOptions } from '../test/support/event-tables.js';

const PAGES = { 'doc/domain.md': withFields, 'doc/cli.md': withOptions };

for (const [page, filled] of Object.entries(PAGES)) {
  const path = fileURLToPath(new URL(`../${page}`, import.meta.url));
  const text = readFileSync(path, 'utf8');
  const wanted = await format(filled(text), { ...(await resolveConfig(path)), filepath: path });
  if (!process.argv.includes('--check')) writeFileSync(path, wanted);
  else if (text !== wanted) {
    console.error(`${page} is not what src/events/event.fields.ts says: run npm run event-fields, and commit`);
    process.exitCode = 1;
  }
}
