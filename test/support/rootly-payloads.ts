import { at } from './github-payloads.js';

/** Payloads as Rootly sends them, with the fields that matter here. Times are of 2026-03-02. */
export interface IncidentOptions {
  status?: string;
  kind?: string;
  services?: string[];
  environments?: string[];
  started?: string;
  mitigated?: string;
  resolved?: string;
  cancelled?: string;
  issued?: string;
}

export function anIncidentEvent(type: string, options: IncidentOptions = {}) {
  const {
    status = 'started',
    kind = 'normal',
    services = ['Checkout'],
    environments = [],
    started = '13:00',
  } = options;
  const { mitigated, resolved, cancelled, issued = started } = options;
  return {
    event: { id: '9839c4ca-5e7b-416d-ad95-d09ae0c8eead', type, issued_at: at(issued) },
    data: {
      id: 'b7eed587-50e6-44fe-b010-7a2bb05d737a',
      sequential_id: 19,
      title: 'Checkout is down',
      kind,
      status,
      url: 'https://rootly.com/account/incidents/19-checkout-is-down',
      services: named(services),
      environments: named(environments),
      created_at: at(started),
      started_at: at(started),
      mitigated_at: timeOrNull(mitigated),
      resolved_at: timeOrNull(resolved),
      cancelled_at: timeOrNull(cancelled),
    },
  };
}

function named(names: string[]) {
  return names.map((name) => ({ id: `id of ${name}`, name, slug: name.toLowerCase() }));
}

function timeOrNull(time: string | undefined): string | null {
  return time === undefined ? null : at(time);
}
