import type { Command } from 'commander';
import { type Json, JSON_OPTION } from './json-option.js';
import type { CreateKey } from './key.js';

const EXAMPLES = `
Works on the service's own database, whether the service runs or not: run it where the service runs, with the same
settings. A running service refuses a revoked key within three seconds.

Examples:
  $ devopstic key create 'deploy jobs' --scope events:write metrics:read
  $ devopstic key create 'shop deploys' --scope events:write --pipeline acme/shop --expires 2027-01-01T00:00:00Z
  $ devopstic key list
`;

export function defineKey(program: Command): void {
  const key = program.command('key').description('API keys, for machines').addHelpText('after', EXAMPLES);
  key
    .command('create')
    .description('create an API key; its secret is shown this once')
    .argument('<name>', 'what it is for')
    .requiredOption('--scope <scopes...>', 'events:write (sends), metrics:read (reads), admin (all) (required)')
    .option('--pipeline <pipelines...>', 'the only pipelines it may send events for and see; else all')
    .option('--expires <time>', 'from then on it is refused: RFC 3339, as 2027-01-01T00:00:00Z; else never')
    .option(...JSON_OPTION)
    .action(async (name: string, options: CreateKey) => (await import('./key.js')).createKey(name, options));
  key
    .command('list')
    .description('list the API keys, newest first; never the secrets')
    .option(...JSON_OPTION)
    .action(async (options: Json) => (await import('./key.js')).listKeys(options));
  key
    .command('give')
    .description('say which user answers for an API key: it ends with that user')
    .argument('<id>', 'as listed')
    .argument('<user>', 'by name')
    .option(...JSON_OPTION)
    .action(async (id: string, user: string, options: Json) => (await import('./key.js')).giveKey(id, user, options));
  key
    .command('revoke')
    .description('end an API key for good')
    .argument('<id>', 'as listed')
    .option(...JSON_OPTION)
    .action(async (id: string, options: Json) => (await import('./key.js')).revokeKey(id, options));
}
