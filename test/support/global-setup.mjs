import './typescript.mjs';
import 'reflect-metadata';

/** One Postgres for the whole run, with a migrated database of which every test gets copies; and the program, built. */
export default async function setUp() {
  const { startTemplate } = await import('./template.ts');
  const { buildProgram } = await import('./built-program.ts');
  globalThis.stopTestPostgres = await startTemplate();
  globalThis.removeTestProgram = await buildProgram();
}
