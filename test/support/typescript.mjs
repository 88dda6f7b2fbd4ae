import { register } from 'node:module';

// Lets plain Node run the sources: `node --import ./test/support/typescript.mjs src/main.ts`. Jest's own transform
// reaches neither its global set-up nor processes that a test starts.
register('./typescript-hooks.mjs', import.meta.url);
