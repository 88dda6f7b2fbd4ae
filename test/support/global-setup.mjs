import './typescript.mjs';
import 'reflect-metadata';

/** One Postgres for the whole run, with a migrated database of which every test gets copies. */
export default async function setUp() {
  const { startTemplate } = await import('./template.ts');
  globalThis.stopTestPostgres = await startTemplate();
}
