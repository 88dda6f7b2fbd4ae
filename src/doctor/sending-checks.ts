import { type Check, day, found } from './finding.js';

const noEvents: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<unknown[]>('SELECT 1 FROM reporting.pipelines LIMIT 1');
  if (rows.length > 0) return null;
  return {
    name: 'no_events',
    severity: 'warning',
    what: 'There are no events yet.',
    why: 'Every number is made of events.',
    remedy: 'Send them from your pipelines (devopstic event --help), set up a webhook, or look at devopstic demo.',
    items: [],
  };
};

const silentPipelines: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ pipeline_id: string; last_event_at: Date }[]>(
    `SELECT pipeline_id, last_event_at FROM reporting.pipelines
     WHERE last_event_at < now() - interval '30 days' ORDER BY last_event_at, pipeline_id`,
  );
  return found({
    name: 'silent_pipelines',
    severity: 'warning',
    what: 'Nothing happened in these pipelines for more than 30 days, as far as we were told:',
    why: 'Where work goes on, its events get lost, and the numbers stand still.',
    remedy:
      'See whether their jobs and webhooks still send; a key may have expired. Nothing is to do where work has ended.',
    items: rows.map(({ pipeline_id, last_event_at }) => `${pipeline_id}, last on ${day(last_event_at)}`),
  });
};

const inferredTimes: Check = async ({ dataSource }) => {
  const [times] = await dataSource.query<{ candidates: number; covered: number }[]>(
    `SELECT candidates, covered FROM reporting.coverage(NULL, NULL, now() - interval '90 days', now())
     WHERE subject = 'events_timed'`,
  );
  const inferred = (times?.candidates ?? 0) - (times?.covered ?? 0);
  if (inferred === 0) return null;
  return {
    name: 'inferred_times',
    severity: 'note',
    what: `${inferred} of ${times?.candidates} events of the last 90 days came without a timestamp.`,
    why: 'The time of their receipt stands in, which is wrong where they were sent late or again.',
    remedy: 'Let their senders give a timestamp; devopstic event does.',
    items: [],
  };
};

const namesAlike: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ names: string[] }[]>(
    `SELECT array_agg(pipeline_id::text ORDER BY pipeline_id) AS names
     FROM reporting.pipelines GROUP BY lower(pipeline_id) HAVING count(*) > 1 ORDER BY 1`,
  );
  return found({
    name: 'names_alike',
    severity: 'warning',
    what: 'Pipelines differ in upper and lower case only:',
    why: 'Each is a pipeline of its own: deployments of the one do not carry the commits of the other.',
    remedy: 'Let all senders use one spelling from now on.',
    items: rows.map(({ names }) => names.join(', ')),
  });
};

const unreadDeliveries: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ source: string; outcome: string; reason: string | null; deliveries: number }[]>(
    `SELECT source, outcome, reason, deliveries FROM reporting.delivery_reasons('-infinity', now() - interval '1 hour')
     WHERE outcome IN ('failed', 'refused', 'received') ORDER BY deliveries DESC, source, outcome, reason`,
  );
  return found({
    name: 'unread_deliveries',
    severity: 'warning',
    what: 'Webhook deliveries were kept, but could not be read:',
    why: 'What they tell is in no number.',
    remedy:
      'GET /webhook-deliveries?outcome=failed says what was wrong. After an update, or once it is mended, ' +
      'POST /webhook-deliveries/{id}/replay.',
    items: rows.map(({ source, outcome, reason, deliveries }) =>
      [`${deliveries} of ${source}: ${outcome}`, ...(reason === null ? [] : [reason])].join(', '),
    ),
  });
};

const webhookOff: Check = async ({ config, dataSource }) => {
  if (config.webhook_secrets.github.length > 0) return null;
  const [last] = await dataSource.query<{ at: Date | null }[]>(
    `SELECT max(received_at) AS at FROM reporting.webhook_deliveries WHERE source = 'github'`,
  );
  if (!last?.at) return null;
  return {
    name: 'webhook_off',
    severity: 'warning',
    what: `GitHub has sent webhooks (last on ${day(last.at)}), but DEVOPSTIC_GITHUB_WEBHOOK_SECRET is not set here.`,
    why: 'Without it the service answers them with 404, and GitHub does not send them again by itself.',
    remedy: 'Set it for the service, and redeliver in GitHub what was missed; or remove the webhook there.',
    items: [],
  };
};

export const SENDING_CHECKS: readonly Check[] = [
  noEvents,
  silentPipelines,
  namesAlike,
  unreadDeliveries,
  webhookOff,
  inferredTimes,
];
