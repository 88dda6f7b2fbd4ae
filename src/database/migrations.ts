import { Settings1763999999000 } from './migrations/1763999999000-settings.js';
import { Core1764000000000 } from './migrations/1764000000000-core.js';
import { Auth1764000001000 } from './migrations/1764000001000-auth.js';
import { Webhooks1764000002000 } from './migrations/1764000002000-webhooks.js';
import { Metrics1764000003000 } from './migrations/1764000003000-metrics.js';
import { Lists1764000004000 } from './migrations/1764000004000-lists.js';
import { IncidentsOfARange1764000005000 } from './migrations/1764000005000-incidents-of-a-range.js';
import { Rollups1764000006000 } from './migrations/1764000006000-rollups.js';
import { WaitingForProduction1764000007000 } from './migrations/1764000007000-waiting-for-production.js';
import { ToldCommits1764000008000 } from './migrations/1764000008000-told-commits.js';
import { Scope1764000008500 } from './migrations/1764000008500-scope.js';
import { Hooks1764000009000 } from './migrations/1764000009000-hooks.js';
import { Replays1764000010000 } from './migrations/1764000010000-replays.js';
import { LimitedSenders1764000011000 } from './migrations/1764000011000-limited-senders.js';
import { Reviews1764000012000 } from './migrations/1764000012000-reviews.js';
import { FailedDeliveries1764000013000 } from './migrations/1764000013000-failed-deliveries.js';
import { LeftDeliveries1764000014000 } from './migrations/1764000014000-left-deliveries.js';
import { KeyOwners1764000015000 } from './migrations/1764000015000-key-owners.js';
import { Sessions1764000015500 } from './migrations/1764000015500-sessions.js';
import { Audit1764000017000 } from './migrations/1764000017000-audit.js';
import { ClosedSets1764000018000 } from './migrations/1764000018000-closed-sets.js';

/** In the order of their times. A migration is frozen once it is released. */
export const migrations = [
  Settings1763999999000,
  Core1764000000000,
  Auth1764000001000,
  Webhooks1764000002000,
  Metrics1764000003000,
  Lists1764000004000,
  IncidentsOfARange1764000005000,
  Rollups1764000006000,
  WaitingForProduction1764000007000,
  ToldCommits1764000008000,
  Scope1764000008500,
  Hooks1764000009000,
  Replays1764000010000,
  LimitedSenders1764000011000,
  Reviews1764000012000,
  FailedDeliveries1764000013000,
  LeftDeliveries1764000014000,
  KeyOwners1764000015000,
  Sessions1764000015500,
  Audit1764000017000,
  ClosedSets1764000018000,
];
