import type { Client } from 'pg';
import { readEvent } from '../../src/events/event.reader.js';
import type { NewEvent } from '../../src/events/event.js';
import type { Arrival } from './history/telling.js';
import { history } from './history/history.js';
import { type Template, templatesFor } from './spread.js';

const EVENTS_A_BATCH = 500;

/** Records the events of the templates as the service does, and answers what came of them. */
export async function recordTemplates(
  client: Client,
  least: number,
  end: Date,
  tell: (what: string) => void,
): Promise<Template[]> {
  const templates: Template[] = [];
  for (const template of templatesFor(least).toReversed()) {
    const { pipeline_id, deployments } = template;
    const events = history(pipeline_id, deployments, end.getTime()).map(newEvent);
    tell(
      `${events.length.toLocaleString('en')} events of a pipeline with ${deployments.toLocaleString('en')} deployments`,
    );
    for (let sent = 0; sent < events.length; sent += EVENTS_A_BATCH) {
      const values = [[pipeline_id], JSON.stringify(events.slice(sent, sent + EVENTS_A_BATCH))];
      await client.query({ name: 'record', text: 'SELECT known.id FROM devopstic.record($1, $2) AS known', values });
    }
    // As the service does with a young database: without statistics the next ones would be slow.
    await client.query('ANALYZE');
    templates.unshift({ ...template, deployments: await deploymentsOf(client, pipeline_id) });
  }
  return templates;
}

function newEvent({ event, received }: Arrival): NewEvent {
  const read = readEvent(event, new Date(received));
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return read.event;
}

async function deploymentsOf(client: Client, pipeline_id: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM devopstic.deployments AS d WHERE d.pipeline_id = $1',
    [pipeline_id],
  );
  return rows[0]?.count ?? 0;
}
