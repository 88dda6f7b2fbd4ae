import type { Command } from 'commander';
import type { EventBody } from '../events/event.js';
import { KINDS, optionsOf, toOption } from './event.kinds.js';
import { JSON_OPTION } from './json-option.js';

const EXAMPLES = `
For the jobs of pipelines: it needs the service and a key, and no database. Put them into DEVOPSTIC_URL and
DEVOPSTIC_KEY.

Examples:
  $ devopstic event deploy --pipeline acme/shop --environment production --status success --deployment-id 4711
  $ devopstic event incident --pipeline acme/shop --incident INC-7 --status failure
  $ devopstic event approve --pipeline acme/shop --commit 6dcb09b --pull-request 42
`;

const OF_GIT = `
In a git checkout, or with --git, the commits since the last successful deployment to the environment go first. That
takes all of the history (GitHub Actions: fetch-depth: 0, GitLab CI: GIT_DEPTH: 0), and a key that may read
(metrics:read) as well as send (events:write).
`;

export function defineEvent(program: Command): void {
  const event = program
    .command('event')
    .description('send one event to a running service')
    .addHelpText('after', EXAMPLES);
  for (const [name, { type, description }] of Object.entries(KINDS)) {
    const kind = event.command(name).description(description);
    const all = optionsOf(type).map((field) => ({ name: field.name, option: toOption(field) }));
    for (const { option } of all) kind.addOption(option);
    if (type === 'deploy') {
      kind.option(
        '--git <directory>',
        'the checkout to read the commits from; else the current directory, if it is one',
      );
      kind.option('--no-git', 'send the deployment alone').addHelpText('after', OF_GIT);
    }
    kind.option('--url <url>', 'where the service is; else DEVOPSTIC_URL');
    kind.option(...JSON_OPTION);
    kind.action(async (options: Record<string, unknown>) => {
      const told = all.map((one) => [one.name, options[one.option.attributeName()]]);
      const body = { type, ...Object.fromEntries(told.filter(([, value]) => value !== undefined)) } as EventBody;
      await (await import('./event.js')).sendEvent(body, options);
    });
  }
}
