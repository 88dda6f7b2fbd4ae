import { readFileSync } from 'node:fs';
import { type Check, type Patient, day, found } from './finding.js';

const UNMEASURED = sql('./unmeasured-changes.sql');
const NO_ANCESTRY = sql('./no-ancestry.sql');
const TELL_COMMITS =
  'Let devopstic event deploy run in a git checkout (its --help says how), or set up the webhook of your git host.';

async function productionPattern({ dataSource }: Patient): Promise<string> {
  const [row] = await dataSource.query<{ production_environments: string }[]>(
    'SELECT production_environments FROM reporting.settings',
  );
  return row?.production_environments ?? '';
}

/** Of deployments: an incident that names no environment is taken for one of production. */
const noProduction: Check = async (patient) => {
  const rows = await patient.dataSource.query<{ environment: string; production: boolean }[]>(
    'SELECT DISTINCT environment, production FROM reporting.environments ORDER BY environment',
  );
  if (rows.some(({ production }) => production)) return null;
  return found({
    name: 'no_production',
    severity: 'error',
    what: `Nothing was deployed to an environment that counts as production, which is what matches ${await productionPattern(patient)}. There were deployments to:`,
    why: 'All metrics are of production, unless environments are asked for: they are empty.',
    remedy:
      'Set production_environments in PUT /scope, or DEVOPSTIC_PRODUCTION_ENVIRONMENTS before the next start, to a regular expression that matches yours.',
    items: rows.map(({ environment }) => environment),
  });
};

const neverInProduction: Check = async (patient) => {
  const rows = await patient.dataSource.query<{ pipeline_id: string; environments: string[]; any: boolean }[]>(
    `SELECT pipeline_id, array_agg(environment::text ORDER BY environment) AS environments
     FROM reporting.environments GROUP BY pipeline_id HAVING NOT bool_or(production)
       AND EXISTS (SELECT FROM reporting.environments AS e WHERE e.production) ORDER BY pipeline_id`,
  );
  return found({
    name: 'never_in_production',
    severity: 'note',
    what: 'These pipelines were deployed, but never to production:',
    why: 'They are in no metric, unless their environments are asked for.',
    remedy:
      'If one of these is production, let it match production_environments in PUT /scope, or DEVOPSTIC_PRODUCTION_ENVIRONMENTS.',
    items: rows.map(({ pipeline_id, environments }) => `${pipeline_id}: ${environments.join(', ')}`),
  });
};

interface Unmeasured {
  pipeline_id: string;
  used: number;
  unknown_commit: number;
  negative_span: number;
}

const unmeasured = ({ dataSource }: Patient) => dataSource.query<Unmeasured[]>(UNMEASURED);

const unknownCommits: Check = async (patient) => {
  const rows = (await unmeasured(patient)).filter(({ unknown_commit }) => unknown_commit > 0);
  return found({
    name: 'unknown_commits',
    severity: 'warning',
    what: 'Production deployments of the last 90 days carried commits of which nothing else is known:',
    why: 'When they were made was never told, so they have no lead time.',
    remedy: TELL_COMMITS,
    items: rows.map(
      ({ pipeline_id, used, unknown_commit: unknown }) => `${pipeline_id}: ${unknown} unknown, ${used} measured`,
    ),
  });
};

const negativeSpans: Check = async (patient) => {
  const rows = (await unmeasured(patient)).filter(({ negative_span }) => negative_span > 0);
  return found({
    name: 'negative_spans',
    severity: 'warning',
    what: 'Changes of the last 90 days were deployed before they were made, by more than five minutes:',
    why: 'They are left out of lead time.',
    remedy: 'Set the clocks of the machines that commit and deploy, or correct the timestamps that are sent.',
    items: rows.map(
      ({ pipeline_id, used, negative_span }) => `${pipeline_id}: ${negative_span}, beside ${used} measured`,
    ),
  });
};

const noAncestry: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ pipeline_id: string; deployments: number }[]>(NO_ANCESTRY);
  return found({
    name: 'no_ancestry',
    severity: 'warning',
    what: 'Of the commits of these pipelines no parents are known:',
    why: 'A deployment carries only the commit that it names; the others that went with it have no lead time.',
    remedy: TELL_COMMITS,
    items: rows.map(({ pipeline_id, deployments }) => `${pipeline_id}, in ${deployments} deployments`),
  });
};

const neverFinished: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ pipeline_id: string; environment: string; deployment_id: string; at: Date }[]>(
    `SELECT pipeline_id, environment, deployment_id, started_at AS at FROM reporting.deployments
     WHERE status = 'in_progress' AND started_at < now() - interval '1 day' ORDER BY started_at DESC, deployment_id`,
  );
  return found({
    name: 'never_finished',
    severity: 'warning',
    what: 'Deployments are in progress for more than a day:',
    why: 'They are in no number until their end is told.',
    remedy: 'Tell how they ended, under the same deployment_id; and let the job tell it however it ends.',
    items: rows.map(
      ({ pipeline_id, environment, deployment_id, at }) =>
        `${deployment_id} of ${pipeline_id} to ${environment}, since ${day(at)}`,
    ),
  });
};

function sql(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

export const MEASURING_CHECKS: readonly Check[] = [
  noProduction,
  neverInProduction,
  unknownCommits,
  noAncestry,
  negativeSpans,
  neverFinished,
];
