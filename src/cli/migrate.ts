import { Config } from '../config/config.js';
import { migrate, type Migrated } from '../database/migrate.js';
import { withNewDatabase } from '../database/with-database.js';
import { answer } from './answer.js';
import type { Json } from './json-option.js';

export async function runMigrations(options: Json): Promise<void> {
  const config = new Config();
  const migrated = await withNewDatabase(config, (dataSource) => migrate(dataSource, config));
  answer(options, migrated, inWords(migrated));
}

function inWords({ migrations, rebuild_due, warnings }: Migrated): string {
  const what = migrations.length === 0 ? 'Nothing to migrate.' : `Done: ${migrations.join(', ')}.`;
  const done = [what, ...warnings].join('\n');
  return rebuild_due.length === 0 ? done : `${done}\nChanged: ${rebuild_due.join(', ')}. Run devopstic rebuild.`;
}
