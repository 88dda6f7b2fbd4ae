import { startApp, type TestApp } from './app.js';
import { choicesOf, type Asking } from './choices.js';
import type { Asked } from './dashboards.js';
import { sendDemo } from './demo-data.js';
import { expand, type Chosen } from './grafana.js';
import { aReader } from './reader.js';
import { read } from './sending.js';

export type Row = Record<string, unknown>;

/** The service with demo data, and its dashboards as someone sees them who has chosen something. */
export interface GrafanaWorld {
  app: TestApp;
  chosen(name: string): Asking;
  /** The rows of a panel's query. */
  ask(asked: Pick<Asked, 'target'>, asking: Asking, variables?: Record<string, Chosen>): Promise<Row[]>;
  close(): Promise<void>;
}

interface Pipelines {
  items: { pipeline_id: string; environments: { environment: string }[] }[];
}

export async function aGrafanaWorld(): Promise<GrafanaWorld> {
  const app = await startApp();
  await sendDemo(app);
  const reader = await aReader(app);
  const { items } = await read<Pipelines>(app, '/pipelines');
  const environments = items.flatMap((item) => item.environments.map(({ environment }) => environment));
  const choices = choicesOf(
    [...new Set(environments)],
    items.map(({ pipeline_id }) => pipeline_id),
  );
  return {
    app,
    chosen: (name) => {
      const asking = choices[name];
      if (!asking) throw new Error(`No choice ${name}`);
      return asking;
    },
    ask: async ({ target }, { choice }, variables = {}) => {
      const { fields, rows } = await reader.query(
        expand(target.rawSql, { ...choice, variables: { ...choice.variables, ...variables } }),
      );
      return rows.map((row) => Object.fromEntries(fields.map(({ name }, index) => [name, row[index]])));
    },
    close: async () => {
      await reader.close();
      await app.close();
    },
  };
}
