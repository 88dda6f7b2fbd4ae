#!/usr/bin/env node
import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import type { DemoOptions } from './cli/demo.js';
import { Interrupted } from './client/interruption.js';
import { defineEvent } from './cli/event.command.js';
import { defineImport } from './cli/import.command.js';
import { type Json, JSON_OPTION } from './cli/json-option.js';
import { defineKey } from './cli/key.command.js';
import { defineUser } from './cli/user.command.js';
import type { ReplayOptions } from './cli/replay.js';
import { WHO_SENDS } from './cli/who-sends.js';
import { StartError } from './start-error.js';
import { version } from './version.js';

/** Each command is loaded only when it is asked for, which keeps the others quick. */
const program = new Command('devopstic')
  .description('Takes in the events of software delivery and answers with the DORA metrics')
  .version(version)
  .showHelpAfterError('(--help says more)')
  .addHelpText(
    'after',
    '\nWithout a command, the service is started. Settings are environment variables: see .env.example.',
  )
  .exitOverride();

program.commandsGroup('The service:');

program
  .command('serve')
  .description('start the service; with no database configured, on an embedded PostgreSQL')
  .action(async () => (await import('./cli/serve.js')).serve());

program
  .command('migrate')
  .description('bring the database to what this version needs, and end')
  .option(...JSON_OPTION)
  .action(async (options: Json) => (await import('./cli/migrate.js')).runMigrations(options));

program
  .command('rebuild')
  .description('derive every row again from the stored events, and say what differed; the service may run')
  .option(...JSON_OPTION)
  .action(async (options: Json) => (await import('./cli/rebuild.js')).runRebuild(options));

program
  .command('doctor')
  .description('say what is missing or odd in the configuration and in the data, and what to do about it')
  .option(...JSON_OPTION)
  .addHelpText(
    'after',
    '\nChanges nothing. Run it with the settings of the service. It ends with 1 if there is an error among the findings.',
  )
  .action(async (options: Json) => (await import('./cli/doctor.js')).runDoctor(options));

program.commandsGroup('Who may call:');
defineUser(program);
defineKey(program);

program
  .command('grafana-role')
  .description('make the database role that Grafana reads with, or set its password and rights again')
  .option('--role <name>', 'its name', 'devopstic_grafana')
  .action(async (options: { role: string }) => (await import('./cli/grafana-role.js')).grafanaRole(options));

program.commandsGroup('Sending events:');
defineEvent(program);
defineImport(program);

program
  .command('replay')
  .description(
    'have a running service read its webhook deliveries once more: after a rule changed, or a fault was mended',
  )
  .option('--source <name>', 'only those of this source')
  .option('--outcome <outcome>', 'only those with this outcome, as failed')
  .option('--from <time>', 'only those received from then on')
  .option('--to <time>', 'only those received before')
  .option('--dry-run', 'change nothing, but say which facts would change')
  .option('--url <url>', 'where the service is; else DEVOPSTIC_URL, else on this machine, at the configured port')
  .option(...JSON_OPTION)
  .addHelpText('after', WHO_SENDS)
  .action(async (options: ReplayOptions) => (await import('./cli/replay.js')).runReplay(options));

program
  .command('demo')
  .description('fill an empty service, which runs, with about 90 days of made-up deliveries')
  .option('--url <url>', 'where the service is; else DEVOPSTIC_URL, else on this machine, at the configured port')
  .option('--seed <text>', 'the same seed makes the same deliveries', 'demo')
  .option('--force', 'even if there are events already')
  .option(...JSON_OPTION)
  .addHelpText('after', WHO_SENDS)
  .action(async (options: DemoOptions) => (await import('./cli/demo.js')).runDemo(options));

program.commandsGroup('For developers:');

program
  .command('openapi')
  .description('write the OpenAPI document')
  .option('--out <file>', 'where to; else to the standard output')
  .option('--check <file>', 'write nothing, but fail if this file says something else')
  .action(async (options: { out?: string; check?: string }) => (await import('./cli/openapi.js')).openApi(options));

// Who reads no more, as `head`, has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EPIPE') throw cause;
  });
}

const words = process.argv.slice(2);
try {
  await program.parseAsync(words.length === 0 ? ['serve'] : words, { from: 'user' });
} catch (cause) {
  process.exitCode = exitCodeOf(cause);
  // What was broken off goes on in the background.
  if (cause instanceof Interrupted) process.exit();
}

/** 2: the command line itself is wrong, and nothing was done. 1: what it asks for failed. */
function exitCodeOf(cause: unknown): number {
  // It has written what there is to say, the help that was asked for included.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
  if (cause instanceof Interrupted) return cause.exit_code;
  // Faults of the configuration or the surroundings are the operator's to mend: a stack would only hide the message.
  console.error(cause instanceof StartError ? `devopstic: ${cause.message}` : cause);
  return 1;
}
