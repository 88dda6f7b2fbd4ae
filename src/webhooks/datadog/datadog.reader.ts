import { incidentEvents, openedAndResolved } from '../incident-events.js';
import { environmentOf, labelsOfTags, pipelineOf } from '../labels.js';
import type { Payload } from '../payload.js';
import type { Reading } from '../webhook-source.js';

const TRIGGERED = new Set(['Triggered', 'Re-Triggered']);

/** An alert of a monitor, in the form of the template that our documentation gives. */
export function readDatadog(payload: Payload): Reading {
  const transition = payload.at('alert_transition').text();
  const isTriggered = TRIGGERED.has(transition);
  if (!isTriggered && !transition.startsWith('Recovered')) return { ignored: 'transition_not_used' };
  const labels = labelsOfTags(tagsOf(payload));
  const pipeline_id = pipelineOf(labels);
  if (pipeline_id === undefined) return { ignored: 'no_pipeline' };
  const incident = {
    pipelines: [pipeline_id],
    incident_id: payload.at('alert_cycle_key').text(),
    environment: environmentOf(labels),
    url: payload.at('link').optionalText(),
  };
  const time = payload.at('date').epochTime();
  return {
    events: isTriggered
      ? incidentEvents(incident, openedAndResolved([time]))
      : incidentEvents(incident, openedAndResolved([], time)),
  };
}

/** Datadog lists them in one text. */
function tagsOf(payload: Payload): string[] {
  const tags = payload.at('tags').optionalText() ?? '';
  return tags.split(',').map((tag) => tag.trim());
}
