import { incidentEvents, openedAndResolved } from '../incident-events.js';
import { environmentOf, type Labels, pipelineOf } from '../labels.js';
import type { Payload } from '../payload.js';
import { joined } from '../readings.js';
import type { Reading } from '../webhook-source.js';

/** What Grafana fires in place of a rule's alert where there is nothing to judge by: nobody knows of a failure then. */
const NOTHING_KNOWN = new Set(['DatasourceNoData', 'DatasourceError']);

/** The webhook of Alertmanager, which Grafana sends too: all alerts of a group, those that have been told before included. */
export function readAlerts(payload: Payload): Reading {
  const common_labels = payload.at('commonLabels');
  const readings = payload
    .at('alerts')
    .list()
    .map((alert) => readAlert(alert, common_labels));
  const left_out = payload.at('truncatedAlerts').optionalInteger() ?? 0;
  return joined(left_out > 0 ? [...readings, { ignored: 'truncated' }] : readings);
}

function readAlert(alert: Payload, common_labels: Payload): Reading {
  const labels = labelsOf(alert, common_labels);
  const status = alert.at('status').text();
  if (status !== 'firing' && status !== 'resolved') return { ignored: 'state_not_used' };
  if (isTest(labels)) return { ignored: 'test_alert' };
  if (NOTHING_KNOWN.has(labels('alertname') ?? '')) return { ignored: 'no_data' };
  const pipeline_id = pipelineOf(labels);
  if (pipeline_id === undefined) return { ignored: 'no_pipeline' };
  const opened_at = alert.at('startsAt').moment();
  const incident = {
    pipelines: [pipeline_id],
    // The fingerprint is that of the labels: the same each time that the alert fires.
    incident_id: `${alert.at('fingerprint').text()}@${opened_at}`,
    environment: environmentOf(labels),
    url: alert.at('generatorURL').optionalText(),
  };
  // While it fires, its end is a guess, or in the year 1.
  return {
    events: incidentEvents(
      incident,
      openedAndResolved([opened_at], status === 'resolved' ? alert.at('endsAt').moment() : undefined),
    ),
  };
}

function labelsOf(alert: Payload, common_labels: Payload): Labels {
  const places = [alert.at('labels'), alert.at('annotations'), common_labels];
  return (name) => places.map((place) => place.at(name).optionalText()).find((value) => value !== undefined);
}

/** As Grafana sends one to try a contact point. */
function isTest(labels: Labels): boolean {
  return labels('alertname') === 'TestAlert' && labels('instance') === 'Grafana';
}
