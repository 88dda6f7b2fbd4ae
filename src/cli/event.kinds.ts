import { InvalidArgumentError, Option } from 'commander';
import type { EventBody, EventType } from '../events/event.js';

/** A field of the contract (doc/domain.md) as an option. */
interface Field {
  name: keyof EventBody;
  option: () => Option;
}

const field = (name: keyof EventBody, flags: string, description: string): Field => ({
  name,
  option: () => new Option(flags, description),
});
const required = ({ name, option }: Field): Field => ({
  name,
  option: () => {
    const mandatory = option().makeOptionMandatory();
    mandatory.description += ' (required)';
    return mandatory;
  },
});
const oneOf = ({ name, option }: Field, choices: string[]): Field => ({
  name,
  option: () => option().choices(choices),
});

export const PIPELINE = required(field('pipeline_id', '--pipeline <id>', 'the pipeline, such as acme/shop'));
const COMMIT = field('commit_id', '--commit <id>', 'the commit');
const ENVIRONMENT = field('environment', '--environment <name>', 'where, such as production');
const STATUS = field('status', '--status <status>', 'how it went');
const DEPLOYMENT = field(
  'deployment_id',
  '--deployment-id <id>',
  'groups the statuses of one deployment; else a new one',
);
const PARENTS = field('parents', '--parents <ids...>', 'the commits that it follows');
const AUTHOR = field('author', '--author <name>', 'used to recognise bots');
const REWORK = field('rework', '--rework', 'it is unplanned, made because of an incident');
const PULL_REQUEST: Field = {
  name: 'pull_request_id',
  option: () => new Option('--pull-request <number>', 'the pull request that it belongs to').argParser(integer),
};
export const OF_ALL: readonly Field[] = [
  {
    name: 'timestamp',
    option: () =>
      new Option(
        '--timestamp <time>',
        'when: epoch seconds or RFC 3339; else now, with --id when it is received',
      ).argParser(instant),
  },
  field('id', '--id <id>', 'your own id of the event: sent again, it is stored once'),
  field('url', '--link <url>', 'where a person can look it up'),
];

const OUTCOMES = ['success', 'failure'];

interface Kind {
  type: EventType;
  description: string;
  fields: readonly Field[];
}

export const KINDS: Readonly<Record<string, Kind>> = {
  commit: {
    type: 'commit',
    description: 'a commit was made',
    fields: [
      required(COMMIT),
      PARENTS,
      AUTHOR,
      PULL_REQUEST,
      {
        name: 'landed_at',
        option: () => new Option('--landed-at <time>', 'when it reached the default branch').argParser(instant),
      },
      field('landed_head', '--landed-head <id>', 'the head of the push that it landed with'),
      field('reverts', '--reverts <ids...>', 'the commits that it takes back'),
      field('outside', '--outside', 'it changes nothing of this pipeline, others follow it'),
      REWORK,
      oneOf(STATUS, OUTCOMES),
    ],
  },
  submit: {
    type: 'submit',
    description: 'a commit was submitted for review',
    fields: [required(COMMIT), PULL_REQUEST, PARENTS, AUTHOR, REWORK, oneOf(STATUS, OUTCOMES)],
  },
  review: {
    type: 'review',
    description: 'a pull request was looked at',
    fields: [
      required(PULL_REQUEST),
      required(oneOf(STATUS, ['success', 'failure', 'in_progress', 'canceled'])),
      field(
        'review_id',
        '--review-id <id>',
        'which review; else one of its own, or that of the pull request as a whole',
      ),
      COMMIT,
      AUTHOR,
    ],
  },
  approve: {
    type: 'approve',
    description: 'a commit was approved, or merged',
    fields: [required(COMMIT), PULL_REQUEST, PARENTS, REWORK, oneOf(STATUS, OUTCOMES)],
  },
  deploy: {
    type: 'deploy',
    description: 'a deployment began or ended; in a git checkout, with the commits since the last one',
    fields: [
      required(ENVIRONMENT),
      required(oneOf(STATUS, ['success', 'failure', 'canceled', 'in_progress'])),
      field('commit_id', '--commit <id>', 'what was deployed; else the commit that is checked out'),
      DEPLOYMENT,
      field('commits', '--commits <ids...>', 'further commits that it ships'),
      field('rollback', '--rollback', 'it takes a change back'),
      REWORK,
      PULL_REQUEST,
    ],
  },
  incident: {
    type: 'incident_status_change',
    description: 'the service broke (failure), or works again (success)',
    fields: [
      required(field('incident_id', '--incident <id>', 'the incident')),
      required(oneOf(STATUS, OUTCOMES)),
      ENVIRONMENT,
      field('deployment_id', '--deployment-id <id>', 'the deployment that caused it'),
      field('commit_id', '--commit <id>', 'the deployed commit that caused it'),
    ],
  },
};

function integer(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a number.');
  return Number(text);
}

/** Digits are seconds; what else it may be is the service's to say. */
function instant(text: string): number | string {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
