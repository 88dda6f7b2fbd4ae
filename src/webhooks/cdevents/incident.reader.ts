import type { EventBody, EventStatus } from '../../events/event.js';
import type { Reading } from '../webhook-source.js';
import type { Cdevent } from './cdevent.js';

type Told = Pick<EventBody, 'environment' | 'commit_id' | 'url'>;

/** Detected and reported are the same incident by its id; it began with whichever was earlier. */
export function readIncident(status: EventStatus): (event: Cdevent) => Reading {
  return (event) =>
    incident(event, status, {
      environment: event.environment,
      // The artifact that broke: the deployment that it came by is the cause.
      ...(event.artifact_commit === undefined ? {} : { commit_id: event.artifact_commit }),
      url: event.content.at('ticketURI').optionalText(),
    });
}

/** Tickets are of many kinds; one that is an incident opens it when it is created, and ends it when it is closed. */
export function readTicket(status: EventStatus): (event: Cdevent) => Reading {
  return (event) => {
    if (event.content.at('ticketType').optionalText()?.toLowerCase() !== 'incident')
      return { ignored: 'not_an_incident' };
    const [environment, commit_id] = [event.told('environment'), event.told('commit_id')];
    return incident(event, status, {
      ...(environment === undefined ? {} : { environment }),
      ...(commit_id === undefined ? {} : { commit_id }),
      url: event.content.at('uri').optionalText(),
    });
  };
}

function incident(event: Cdevent, status: EventStatus, told: Told): Reading {
  const pipeline_id = event.told('pipeline_id') ?? event.content.at('service', 'id').optionalText();
  if (pipeline_id === undefined) return { ignored: 'no_pipeline' };
  const incident_id = event.subject_id.text();
  return {
    events: [{ ...told, type: 'incident_status_change', status, pipeline_id, incident_id, timestamp: event.time }],
  };
}
