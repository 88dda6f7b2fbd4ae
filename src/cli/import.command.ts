import { type Command, Option } from 'commander';
import type { ImportFileOptions } from './import-file.js';
import type { ImportGitOptions } from './import-git.js';
import type { ImportGithubOptions } from './import-github.js';
import { WHO_SENDS } from './who-sends.js';

/** `devopstic import …`: as every command, each is loaded only when it is asked for. */
export function defineImport(program: Command): void {
  const all = program
    .command('import')
    .description('send the past of a pipeline to a service, which runs: from a git repository, GitHub or a file');

  forSending(all.command('git <directory>').description('the commits, merges and tags of a clone'))
    .requiredOption('--pipeline <id>', 'the pipeline that it is')
    .requiredOption('--environment <name>', 'where the tags were deployed to')
    .option('--tags <pattern>', 'tags that were deployments: a glob such as v*, or a /regular expression/', '*')
    .option('--branch <name>', 'the default branch; else the one that the clone names')
    .option('--since <date>', 'only what landed, and was tagged, from then on')
    .action(async (directory: string, options: ImportGitOptions) =>
      (await import('./import-git.js')).importGit(directory, options),
    );

  forSending(all.command('github <owner/repository>').description('commits, pull requests, deployments and incidents'))
    .option('--token-stdin', "read GitHub's token from the standard input; else GITHUB_TOKEN")
    .option('--api-url <url>', 'of an Enterprise Server: https://<its host>/api/v3', 'https://api.github.com')
    .option('--since <date>', 'only what happened from then on')
    .option('--releases-as <environment>', 'take each release for a deployment to this environment')
    .option('--incident-label <label>', 'issues with this label are incidents; else those that the scope rules say')
    .option('--reviews', 'the reviews of pull requests too: one more request for each')
    .action(async (repository: string, options: ImportGithubOptions) =>
      (await import('./import-github.js')).importGithub(repository, options),
    );

  forSending(all.command('file <path>').description('events as the API takes them; - is the standard input'))
    .addOption(new Option('--format <format>', 'else as the name ends').choices(['ndjson', 'csv']))
    .action(async (path: string, options: ImportFileOptions) =>
      (await import('./import-file.js')).importFile(path, options),
    );
}

function forSending(command: Command): Command {
  return command
    .option('--url <url>', 'where the service is; else DEVOPSTIC_URL, else on this machine, at the configured port')
    .option('--dry-run', 'send nothing, but write to the standard output what would be sent')
    .option('--json', 'tell the outcome as JSON')
    .addHelpText('after', WHO_SENDS);
}
