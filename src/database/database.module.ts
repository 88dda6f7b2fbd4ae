import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DatabaseConfig } from '../config/config.js';
import { dataSourceOptions } from './data-source.js';
import { PoolMeter } from './pool-meter.js';
import type { PoolName } from './pools.js';

/** The pools of connections. The database was waited for and migrated before the modules are made. */
@Module({ providers: [PoolMeter] })
export class DatabaseModule {
  static of(database: DatabaseConfig): DynamicModule {
    const logger = new Logger('Database');
    const onPoolError = (error: Error): void => logger.warn(`A connection to the database broke: ${error.message}`);
    const options = (pool: PoolName) => ({ ...dataSourceOptions(database, onPoolError, pool), retryAttempts: 0 });
    // Those beside the first speak plain SQL.
    const others = (['read', 'replay', 'work'] as const).map((name) =>
      TypeOrmModule.forRoot({ ...options(name), name, entities: [], migrations: [] }),
    );
    const orms = [TypeOrmModule.forRoot(options('write')), ...others];
    return { module: DatabaseModule, imports: orms, exports: orms };
  }
}
