import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../grafana/dashboards/', import.meta.url);
export const ALERTS = new URL('../../grafana/provisioning/alerting/devopstic.yaml', import.meta.url);

export interface Source {
  type: string;
  uid: string;
}

export interface Target {
  refId: string;
  datasource: Source;
  format?: 'table' | 'time_series';
  rawSql?: string;
  expr?: string;
}

export interface Property {
  id: string;
  value: unknown;
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  datasource?: Source;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: Target[];
  transformations?: { id: string; options: { byField?: string } }[];
  fieldConfig?: {
    defaults: { unit?: string; noValue?: string };
    overrides: { matcher: { id: string; options: string }; properties: Property[] }[];
  };
}

export interface Variable {
  name: string;
  type: string;
  query: string;
  datasource?: Source;
  multi: boolean;
  includeAll: boolean;
  allValue?: string;
  current: { value: string | string[] };
}

export interface Dashboard {
  uid: string;
  title: string;
  panels: Panel[];
  templating: { list?: Variable[] };
  annotations: { list?: { name: string; datasource: Source; target: Target; placement?: string }[] };
  links: { type: string; tags: string[] }[];
  tags: string[];
}

/** The committed dashboards, as Grafana reads them. */
export function readDashboards(): Dashboard[] {
  return readdirSync(FOLDER).map((name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as Dashboard);
}

/** A query, and who asks it. */
export interface Asked {
  dashboard: Dashboard;
  /** null: an annotation or a variable. */
  panel: Panel | null;
  name: string;
  target: Target & { rawSql: string };
}

/** Every SQL query of a dashboard: of its panels, annotations and variables. */
export function queriesOf(dashboard: Dashboard): Asked[] {
  const asked = (panel: Panel | null, name: string, target: Target): Asked[] =>
    target.rawSql === undefined ? [] : [{ dashboard, panel, name, target: { ...target, rawSql: target.rawSql } }];
  return [
    ...dashboard.panels.flatMap((panel) =>
      (panel.targets ?? []).flatMap((target) => asked(panel, `${panel.title} ${target.refId}`, target)),
    ),
    ...(dashboard.annotations.list ?? []).flatMap(({ name, target }) => asked(null, `annotation ${name}`, target)),
    ...(dashboard.templating.list ?? []).flatMap(({ name, type, query, datasource }) =>
      type === 'query' && datasource
        ? asked(null, `variable ${name}`, { refId: name, datasource, format: 'table', rawSql: query })
        : [],
    ),
  ];
}

export interface AlertRule {
  uid: string;
  title: string;
  isPaused: boolean;
  condition: string;
  data: {
    refId: string;
    datasourceUid: string;
    model: {
      rawSql?: string;
      type?: string;
      expression?: string;
      conditions?: { evaluator: { type: string; params: number[] } }[];
    };
  }[];
}

/** Written as JSON, which YAML contains. */
export function readAlertRules(): AlertRule[] {
  const { groups } = JSON.parse(readFileSync(ALERTS, 'utf8')) as { groups: { rules: AlertRule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}
