import { AuditEntry } from '../audit/audit-entry.entity.js';
import { ApiKey } from '../auth/api-key.entity.js';
import { Session } from '../auth/session.entity.js';
import { User } from '../auth/user.entity.js';
import { Commit } from '../commits/commit.entity.js';
import { PullRequest } from '../commits/pull-request.entity.js';
import { Push } from '../commits/push.entity.js';
import { CommitCarrier } from '../deployments/commit-carrier.entity.js';
import { DeploymentChange } from '../deployments/deployment-change.entity.js';
import { Deployment } from '../deployments/deployment.entity.js';
import { Environment } from '../deployments/environment.entity.js';
import { WaitingForProduction } from '../deployments/waiting-for-production.entity.js';
import { Event } from '../events/event.entity.js';
import { Incident } from '../incidents/incident.entity.js';
import { Benchmark } from '../metrics/benchmark.entity.js';
import { ChangedHour } from '../metrics/rollups/changed-hour.entity.js';
import { DailyCounts } from '../metrics/rollups/daily-counts.entity.js';
import { DailyDurations } from '../metrics/rollups/daily-durations.entity.js';
import { DailyWaiting } from '../metrics/rollups/daily-waiting.entity.js';
import { RollupZone } from '../metrics/rollups/rollup-zone.entity.js';
import { Pipeline } from '../pipelines/pipeline.entity.js';
import { ScopeVersion } from '../scope/scope-version.entity.js';
import { WebhookDelivery } from '../webhooks/delivery.entity.js';
import { Hook } from '../webhooks/hooks/hook.entity.js';
import { Setting } from './setting.entity.js';

/** Every table that TypeORM knows: as the migrations make them, which test/schema.e2e-spec.ts proves. */
export const entities = [
  Setting,
  User,
  ApiKey,
  Session,
  AuditEntry,
  WebhookDelivery,
  Hook,
  Pipeline,
  Event,
  Commit,
  PullRequest,
  Push,
  Environment,
  Deployment,
  CommitCarrier,
  DeploymentChange,
  WaitingForProduction,
  Incident,
  Benchmark,
  RollupZone,
  ChangedHour,
  DailyCounts,
  DailyDurations,
  DailyWaiting,
  ScopeVersion,
];
