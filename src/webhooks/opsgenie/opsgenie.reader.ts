import { incidentEvents, openedAndResolved } from '../incident-events.js';
import { environmentOf, labelsOfTags, pipelineOf } from '../labels.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

/** An alert that is deleted while it is open will never be closed: that ends it, too. */
const ACTIONS = new Set(['Create', 'Close', 'Delete']);

/**
 * An action on an alert of Opsgenie, or of Jira Service Management, which sends the same. Its details would say best what
 * fails, but come with `Create` alone: the closing would be of no pipeline. Tags and entity come with every action.
 */
export function readOpsgenie(payload: Payload): Reading {
  const action = payload.at('action').text();
  if (!ACTIONS.has(action)) return { ignored: 'action_not_used' };
  const alert = payload.at('alert');
  const tags = alert.at('tags').optionalList();
  const labels = labelsOfTags(tags.map((tag) => tag.optionalText() ?? ''));
  const pipeline_id = pipelineOf(labels) ?? alert.at('entity').optionalText();
  if (pipeline_id === undefined) return { ignored: 'no_pipeline' };
  const incident = {
    pipelines: [pipeline_id],
    incident_id: alert.at('alertId').text(),
    environment: environmentOf(labels),
  };
  const created_at = alert.at('createdAt');
  if (action === 'Create') return { events: incidentEvents(incident, openedAndResolved([created_at.epochTime()])) };
  const opened_at = created_at.isGiven() ? created_at.epochTime() : undefined;
  return { events: incidentEvents(incident, openedAndResolved([opened_at], alert.at('updatedAt').epochTime())) };
}
