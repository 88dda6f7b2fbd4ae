import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  DashboardBuilder,
  DashboardCursorSync,
  RowBuilder,
  type Dashboard,
  type Panel,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { failedDeployments, incidents } from './annotations.js';
import { otherDashboards, TAG } from './links.js';

/** Panels beside each other: of one height, together 24 wide. */
interface Line {
  height: number;
  panels: Panelled[];
}

/** What every panel builder of the SDK has. */
interface Panelled extends Builder<Panel> {
  id(id: number): this;
  height(rows: number): this;
  span(columns: number): this;
}

export interface Section {
  /** none: no heading. */
  title?: string;
  lines: Line[];
}

export interface Page {
  uid: string;
  title: string;
  description: string;
  /** The range it opens with, up to now. */
  last: string;
  variables: Builder<VariableModel>[];
  /** Whether failed deployments and incidents are marked in the charts. */
  annotated: boolean;
  sections: Section[];
}

/** Panels of the given widths, or of equal ones. */
export function line(height: number, panels: Panelled[], widths?: number[]): Line {
  panels.forEach((panel, index) => panel.height(height).span(widths?.[index] ?? 24 / panels.length));
  return { height, panels };
}

/** A dashboard, its panels placed from left to right and from top to bottom and numbered in that order. */
export function dashboard(page: Page): Dashboard {
  const builder = new DashboardBuilder(page.title)
    .uid(page.uid)
    .description(page.description)
    .tags([TAG])
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: `now-${page.last}`, to: 'now' })
    .refresh('5m')
    .readonly()
    .variables(page.variables)
    .annotations(page.annotated ? [failedDeployments(), incidents()] : [])
    .link(otherDashboards());
  let id = 0;
  for (const { title, lines } of page.sections) {
    if (title !== undefined) builder.withRow(new RowBuilder(title).id(++id));
    for (const panel of lines.flatMap(({ panels }) => panels)) builder.withPanel(panel.id(++id));
  }
  return withVisibleControls(builder.build());
}

function inTheOpen<T extends { placement?: unknown }>({ placement: _menu, ...rest }: T): Omit<T, 'placement'> {
  return rest;
}

/** The SDK places links and annotations in a menu of the controls, where few would look; without a place they are in the open. */
function withVisibleControls(made: Dashboard): Dashboard {
  return {
    ...made,
    links: made.links?.map(inTheOpen) ?? [],
    annotations: { ...made.annotations, list: made.annotations.list?.map(inTheOpen) ?? [] },
  };
}
