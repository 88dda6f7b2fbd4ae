#!/usr/bin/env node
import 'reflect-metadata';
import { Command } from 'commander';
import type { DemoOptions } from './cli/demo.js';
import { addImport } from './cli/import.js';
import { StartError } from './start-error.js';

/** Each command is loaded only when it is asked for, which keeps the others quick. */
const program = new Command('devopstic')
  .description('Takes in the events of software delivery and answers with the DORA metrics')
  .showHelpAfterError();

program
  .command('serve', { isDefault: true })
  .description('start the service; with no database configured, on an embedded PostgreSQL')
  .action(async () => (await import('./cli/serve.js')).serve());

program
  .command('migrate')
  .description('bring the database to what this version needs, and end')
  .action(async () => (await import('./cli/migrate.js')).runMigrations());

program
  .command('rebuild')
  .description('derive every row again from the stored events, and say what differed; the service may run')
  .action(async () => (await import('./cli/rebuild.js')).runRebuild());

program
  .command('demo')
  .description('fill an empty service, which runs, with about 90 days of made-up deliveries')
  .option('--url <url>', 'where the service is; else on this machine, at the configured port')
  .option('--username <name>', 'log in as; else DEVOPSTIC_USERNAME, else admin')
  .option('--password <password>', 'with this; else DEVOPSTIC_PASSWORD, else a key made in the local database')
  .option('--key <key>', 'an API key or a token instead')
  .option('--seed <text>', 'the same seed makes the same deliveries', 'demo')
  .option('--force', 'even if there are events already')
  .action(async (options: DemoOptions) => (await import('./cli/demo.js')).runDemo(options));

addImport(program);

program
  .command('grafana-role')
  .description('make the database role that Grafana reads with, or set its password and rights again')
  .option('--role <name>', 'its name', 'devopstic_grafana')
  .action(async (options: { role: string }) => (await import('./cli/grafana-role.js')).grafanaRole(options));

program
  .command('openapi')
  .description('write the OpenAPI document')
  .option('--out <file>', 'where to; else to the standard output')
  .option('--check <file>', 'write nothing, but fail if this file says something else')
  .action(async (options: { out?: string; check?: string }) => (await import('./cli/openapi.js')).openApi(options));

try {
  await program.parseAsync();
} catch (cause) {
  // Faults of the configuration or the surroundings are the operator's to mend: a stack would only hide the message.
  console.error(cause instanceof StartError ? `devopstic: ${cause.message}` : cause);
  process.exitCode = 1;
}
