import { type Command, Option } from 'commander';
import type { ImportFileOptions } from './import-file.js';

/** `devopstic import …`: as every command, each is loaded only when it is asked for. */
export function addImport(program: Command): void {
  const all = program
    .command('import')
    .description('send the past of a pipeline to a service, which runs: from a file');

  forSending(all.command('file <path>').description('events as the API takes them; - is the standard input'))
    .addOption(new Option('--format <format>', 'else as the name ends').choices(['ndjson', 'csv']))
    .action(async (path: string, options: ImportFileOptions) =>
      (await import('./import-file.js')).importFile(path, options),
    );
}

function forSending(command: Command): Command {
  return command
    .option('--url <url>', 'where the service is; else on this machine, at the configured port')
    .option('--username <name>', 'log in as; else DEVOPSTIC_USERNAME, else admin')
    .option('--password <password>', 'with this; else DEVOPSTIC_PASSWORD, else a key made in the local database')
    .option('--key <key>', 'an API key or a token instead')
    .option('--dry-run', 'send nothing, but write to the standard output what would be sent')
    .option('--json', 'tell the outcome as JSON');
}
