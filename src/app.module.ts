import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CommitsModule } from './commits/commits.module.js';
import { type Config, type DatabaseConfig } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { DatabaseModule } from './database/database.module.js';
import { DeploymentsModule } from './deployments/deployments.module.js';
import { EventsModule } from './events/events.module.js';
import { HealthModule } from './health/health.module.js';
import { IncidentsModule } from './incidents/incidents.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { PipelinesModule } from './pipelines/pipelines.module.js';
import { ScopeModule } from './scope/scope.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** What is plugged in. */
@Module({
  imports: [
    AuditModule,
    AuthModule,
    CommitsModule,
    DashboardModule,
    DeploymentsModule,
    EventsModule,
    HealthModule,
    IncidentsModule,
    MetricsModule,
    PipelinesModule,
    ScopeModule,
    WebhooksModule,
  ],
})
export class AppModule {
  static with(config: Config, database: DatabaseConfig): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.of(config), DatabaseModule.of(database)] };
  }
}
