import type { EventBody } from '../../events/event.js';
import type { Reading } from '../webhook-source.js';
import type { Cdevent } from './cdevent.js';

/** A change is submitted when it is created, and taken as approved when it is merged: a review has no verdict. */
export function readChange(type: 'submit' | 'approve'): (event: Cdevent) => Reading {
  return (event) => {
    const { change_commit: commit_id, pull_request_id } = event;
    if (commit_id === undefined) return { ignored: 'no_commit' };
    const told: EventBody = {
      type,
      pipeline_id: event.told('pipeline_id') ?? event.content.at('repository', 'id').text(),
      commit_id,
      ...(pull_request_id === undefined ? {} : { pull_request_id }),
      timestamp: event.time,
    };
    return { events: [told] };
  };
}
