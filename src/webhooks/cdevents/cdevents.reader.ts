import type { Scope } from '../../scope/scope.js';
import { type CloudEventContent, cloudEventsIn, sameType } from '../cloudevents/cloud-events.js';
import { readEach } from '../cloudevents/read-each.js';
import { type Delivery, headerOf, type Reading } from '../webhook-source.js';
import { Cdevent } from './cdevent.js';
import { readChange } from './change.reader.js';
import { readIncident, readTicket } from './incident.reader.js';
import { readPipelineRun } from './pipeline-run.reader.js';
import { readService } from './service.reader.js';

const READERS: ReadonlyMap<string, (event: Cdevent, scope: Scope) => Reading> = new Map([
  ['change.created', readChange('submit')],
  ['change.merged', readChange('approve')],
  ['change.reviewed', () => ({ ignored: 'no_verdict' })],
  ['change.abandoned', () => ({ ignored: 'closed_unmerged' })],
  ['service.deployed', readService({ rollback: false })],
  ['service.upgraded', readService({ rollback: false })],
  ['service.rolledback', readService({ rollback: true })],
  ['service.removed', () => ({ ignored: 'removed' })],
  ['pipelinerun.finished', readPipelineRun],
  ['incident.detected', readIncident('failure')],
  ['incident.reported', readIncident('failure')],
  ['incident.resolved', readIncident('success')],
  ['ticket.created', readTicket('failure')],
  // It does not say whether the ticket is open: taken for an opening, it would open one anew that was closed.
  ['ticket.updated', () => ({ ignored: 'no_state' })],
  ['ticket.closed', readTicket('success')],
]);

/** Reads CDEvents, in CloudEvents of any mode or bare. */
export function readCdevents(delivery: Pick<Delivery, 'payload' | 'headers'>, scope: Scope) {
  const carried: Carried[] = cloudEventsIn(delivery);
  return readEach(carried.length > 0 ? carried : bare(delivery), (event) => readCdevent(event, scope));
}

/** A CDEvent, and what it is called outside of it, if it is. */
type Carried = Pick<CloudEventContent, 'data'> & { type?: string | undefined };

/** An empty batch is none. */
function bare({ payload, headers }: Pick<Delivery, 'payload' | 'headers'>): Carried[] {
  return Array.isArray(payload.json()) ? [] : [{ data: payload, type: headerOf(headers, 'ce-type') }];
}

/** A type ends in its version, which changes more often than what is read here. */
function readCdevent({ data: event, type: outside }: Carried, scope: Scope): Reading {
  const type = event.at('context', 'type').text();
  sameType(event, type, outside ?? type, '/context/type');
  const [, subject, predicate] = /^dev\.cdevents\.(\w+)\.(\w+)(?:\.|$)/.exec(type) ?? [];
  const read = READERS.get(`${subject}.${predicate}`.toLowerCase());
  return read === undefined ? { ignored: 'event_not_used' } : read(new Cdevent(event), scope);
}
