import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DatabaseConfig } from '../config/config.js';
import { dataSourceOptions } from './data-source.js';

/** The one connection pool. The database was waited for and migrated before the modules are made. */
@Module({})
export class DatabaseModule {
  static of(database: DatabaseConfig): DynamicModule {
    const logger = new Logger('Database');
    const onPoolError = (error: Error): void => logger.warn(`A connection to the database broke: ${error.message}`);
    const orm = TypeOrmModule.forRoot({ ...dataSourceOptions(database, onPoolError), retryAttempts: 0 });
    return { module: DatabaseModule, imports: [orm], exports: [orm] };
  }
}
