import { Config } from '../config/config.js';
import { migrateDatabase, openDatabase } from '../database/open-database.js';

export async function runMigrations(): Promise<void> {
  const config = new Config();
  const open = await openDatabase(config, (message) => console.error(message));
  try {
    const { migrations, rebuild_due } = await migrateDatabase(open.database, config);
    console.log(migrations.length === 0 ? 'Nothing to migrate.' : `Done: ${migrations.join(', ')}.`);
    if (rebuild_due.length > 0) console.log(`Changed: ${rebuild_due.join(', ')}. Run devopstic rebuild.`);
  } finally {
    await open.close();
  }
}
