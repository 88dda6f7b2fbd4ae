import type { Command } from 'commander';
import { type Json, JSON_OPTION } from './json-option.js';
import type { AddUser, ChangePassword, KeysTo } from './user.js';

const STDIN = ['--password-stdin', 'read the password from the standard input, not from a prompt'] as const;

const KEYS_TO = ['--keys-to <name>', 'hand the API keys of the user to this one; else they end'] as const;

const EXAMPLES = `
Works on the service's own database, whether the service runs or not: run it where the service runs, with the same
settings. A running service follows within three seconds.

Examples:
  $ devopstic user add ada --role admin
  $ devopstic user add ci --role editor --password-stdin < password.txt
  $ devopstic user disable ada --keys-to bob
`;

export function defineUser(program: Command): void {
  const user = program.command('user').description('who may log in').addHelpText('after', EXAMPLES);
  user
    .command('add')
    .description('add a user; asks for the password')
    .argument('<name>', 'letters, digits and . _ @ + -')
    .requiredOption('--role <role>', 'admin, editor (sends events and reads) or viewer (reads) (required)')
    .option(...STDIN)
    .option(...JSON_OPTION)
    .action(async (name: string, options: AddUser) => (await import('./user.js')).addUser(name, options));
  user
    .command('list')
    .description('list the users, by name')
    .option(...JSON_OPTION)
    .action(async (options: Json) => (await import('./user.js')).listUsers(options));
  user
    .command('disable')
    .description('let a user log in no more; ends the tokens issued before, and the API keys')
    .argument('<name>')
    .option(...KEYS_TO)
    .option(...JSON_OPTION)
    .action(async (name: string, options: KeysTo) => (await import('./user.js')).disableUser(name, options));
  user
    .command('delete')
    .description('remove a user; ends the tokens issued before, and the API keys')
    .argument('<name>')
    .option(...KEYS_TO)
    .option(...JSON_OPTION)
    .action(async (name: string, options: KeysTo) => (await import('./user.js')).deleteUser(name, options));
  user
    .command('enable')
    .description('let a disabled user log in again')
    .argument('<name>')
    .option(...JSON_OPTION)
    .action(async (name: string, options: Json) => (await import('./user.js')).enableUser(name, options));
  user
    .command('rename')
    .description('give a user another name; tokens and API keys go on')
    .argument('<name>')
    .argument('<new>', 'letters, digits and . _ @ + -')
    .option(...JSON_OPTION)
    .action(async (name: string, to: string, options: Json) =>
      (await import('./user.js')).renameUser(name, to, options),
    );
  user
    .command('end-sessions')
    .description('end the tokens issued before; API keys go on')
    .argument('<name>')
    .option(...JSON_OPTION)
    .action(async (name: string, options: Json) => (await import('./user.js')).endSessions(name, options));
  user
    .command('password')
    .description('set the password of a user, and end the tokens issued before')
    .argument('<name>')
    .option(...STDIN)
    .option(...JSON_OPTION)
    .action(async (name: string, options: ChangePassword) => (await import('./user.js')).setPassword(name, options));
}
