import { readFileSync } from 'node:fs';
import { type Check, day, found } from './finding.js';

const OPENINGS_MISSING = readFileSync(new URL('./openings-missing.sql', import.meta.url), 'utf8');

const openingsMissing: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ pipeline_id: string; incident_id: string }[]>(OPENINGS_MISSING);
  return found({
    name: 'openings_missing',
    severity: 'warning',
    what: 'Incidents were resolved that nobody opened:',
    why: 'Without the time of their opening they are in no number.',
    remedy: 'Send their opening (status failure) with its time; it may come late.',
    items: rows.map(({ pipeline_id, incident_id }) => `${incident_id} of ${pipeline_id}`),
  });
};

const openForLong: Check = async ({ dataSource }) => {
  const rows = await dataSource.query<{ pipeline_id: string; incident_id: string; opened_at: Date }[]>(
    `SELECT pipeline_id, incident_id, opened_at FROM reporting.incidents
     WHERE state = 'open' AND opened_at < now() - interval '30 days' ORDER BY opened_at, incident_id`,
  );
  return found({
    name: 'open_for_long',
    severity: 'warning',
    what: 'Incidents are open for more than 30 days:',
    why: 'If they are over, their time to restore is missing, and the deployments that caused them seem not to recover.',
    remedy: 'Send their resolution (status success) with its time.',
    items: rows.map(
      ({ pipeline_id, incident_id, opened_at }) => `${incident_id} of ${pipeline_id}, since ${day(opened_at)}`,
    ),
  });
};

const withoutCause: Check = async ({ dataSource }) => {
  const [row] = await dataSource.query<{ candidates: number; covered: number }[]>(
    `SELECT candidates, covered FROM reporting.coverage(NULL, NULL, now() - interval '90 days', now())
     WHERE subject = 'incidents_linked'`,
  );
  const unlinked = (row?.candidates ?? 0) - (row?.covered ?? 0);
  if (unlinked === 0) return null;
  return {
    name: 'incidents_without_cause',
    severity: 'note',
    what: `${unlinked} of ${row?.candidates} production incidents of the last 90 days were caused by no deployment that is known.`,
    why: 'They count in time to restore, but not in the change failure rate. Not every incident comes of a deployment.',
    remedy: 'Name the deployment_id or commit_id in the event, or see whether DEVOPSTIC_INCIDENT_WINDOW is too short.',
    items: [],
  };
};

export const INCIDENT_CHECKS: readonly Check[] = [openingsMissing, openForLong, withoutCause];
