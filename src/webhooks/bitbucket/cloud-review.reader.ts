import type { EventStatus } from '../../events/event.js';
import type { Instant } from '../../events/instant.js';
import type { Payload } from '../payload.js';
import { reviewed, reviewOf } from '../review-events.js';
import { type Delivery, headerOf, type Reading } from '../webhook-source.js';
import { authorOf } from './cloud-author.js';
import { identityOf } from './cloud-pull-request.js';

/** Somebody approves of a pull request, or asks for changes. */
export function readVerdict({ payload }: Delivery, status: EventStatus): Reading {
  return readReview(payload, status, verdictOf(payload).at('date').time());
}

/** It is taken back. That has the date of what is taken back; when it happened stands in a header. */
export function readRemoval({ payload, headers }: Delivery): Reading {
  const sent_at = Date.parse(headerOf(headers, 'x-event-time') ?? '');
  const updated_on = payload.at('pullrequest', 'updated_on');
  return readReview(payload, 'canceled', Number.isNaN(sent_at) ? updated_on.time() : new Date(sent_at).toISOString());
}

function readReview(payload: Payload, status: EventStatus, timestamp: Instant): Reading {
  const person = verdictOf(payload).at('user');
  const id = person.at('uuid').text();
  if (id === payload.at('pullrequest', 'author', 'uuid').optionalText()) return { ignored: 'own_review' };
  return reviewed(identityOf(payload), { status, review_id: reviewOf(id), author: authorOf(person), timestamp });
}

function verdictOf(payload: Payload): Payload {
  const approval = payload.at('approval');
  return approval.isGiven() ? approval : payload.at('changes_request');
}
