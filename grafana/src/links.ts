import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  type DashboardLink,
  type DynamicConfigValue,
} from '@grafana/grafana-foundation-sdk/dashboard';

export const TAG = 'devopstic';

/** From every dashboard to the others, with what is chosen there. */
export const otherDashboards = (): Builder<DashboardLink> =>
  new DashboardLinkBuilder('DevOpstic dashboards')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true)
    .icon('external link')
    .tooltip('The other dashboards, for the same choice');

/** A cell that names a pipeline leads to the first dashboard, for that pipeline alone. */
export const toPipeline: DynamicConfigValue = {
  id: 'links',
  value: [
    {
      title: 'Show ${__value.text}',
      url: '/d/devopstic?var-pipeline=${__value.raw:percentencode}&${environment:queryparam}&${__url_time_range}',
    },
  ],
};

/** A cell that holds an address is shown as one word that leads there. */
export const toAddress: DynamicConfigValue[] = [
  { id: 'links', value: [{ title: 'Open where it came from', url: '${__value.raw:raw}', targetBlank: true }] },
  { id: 'mappings', value: [{ type: 'regex', options: { pattern: '^http.*$', result: { text: 'open', index: 0 } } }] },
  { id: 'custom.width', value: 70 },
];
