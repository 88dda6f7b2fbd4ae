import type { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { DatabaseConfig } from '../../src/config/config.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Rebuild } from '../../src/events/rebuild.js';
import { type Clone, cloneEvents } from './clones.js';

/** Larger ones would take long, and show nothing else. */
const LARGEST = 5_000;

/** Stores the events of a clone of each size, too, and lets the service's own rebuild derive their rows anew. */
export async function checkByRebuild(
  database: DatabaseConfig,
  client: Client,
  clones: readonly Clone[],
): Promise<string[]> {
  const dataSource = await new DataSource(dataSourceOptions(database, () => undefined)).initialize();
  try {
    const rebuild = new Rebuild(dataSource);
    const checked: string[] = [];
    for (const clone of sample(clones)) {
      await cloneEvents(client, clone);
      const { events, differing } = await rebuild.one(clone.pipeline_id);
      if (events === 0 || Object.keys(differing).length > 0) {
        throw new Error(`${clone.pipeline_id} is not what its ${events} events give: ${JSON.stringify(differing)}`);
      }
      checked.push(clone.pipeline_id);
    }
    return checked;
  } finally {
    await dataSource.destroy();
  }
}

/** The last of each size: it was added most lately. */
function sample(clones: readonly Clone[]): Clone[] {
  const small = clones.filter(({ template }) => template.deployments <= LARGEST);
  return [...new Map(small.map((clone) => [clone.template.pipeline_id, clone])).values()];
}
