/** Who shares connections: what one kind of work takes long for is not to hold up the others (ADR 0019). */
export type PoolName = 'write' | 'read' | 'replay' | 'work';

export interface PoolLimits {
  /** Connections, at most; more only wait for each other. */
  connections: number;
  /** How long to wait for a connection that is free; null: for ever. A new one is given up in any case (see ServiceClient). */
  wait_ms: number | null;
  /** How long a statement may take, and may wait for a lock; null: for ever. */
  statement_ms: number | null;
  lock_ms: number | null;
  /** How long a transaction may do nothing, holding its locks. */
  idle_ms: number | null;
}

/** The dearest event that was measured takes a fraction of a write (doc/performance.md). */
export const POOLS: Readonly<Record<PoolName, PoolLimits>> = {
  /** Events, deliveries, who is calling, and what admins change. */
  write: { connections: 5, wait_ms: 5_000, statement_ms: 60_000, lock_ms: 10_000, idle_ms: 60_000 },
  /** Lists and metrics. */
  read: { connections: 5, wait_ms: 10_000, statement_ms: 30_000, lock_ms: 10_000, idle_ms: 60_000 },
  /** The lock of a replay, and what it reads and takes back. */
  replay: { connections: 2, wait_ms: 5_000, statement_ms: 900_000, lock_ms: 60_000, idle_ms: 900_000 },
  /** Migrations, rebuilds, statistics, the counting of days, and all commands: as long as they take, and wait for each other. */
  work: { connections: 4, wait_ms: null, statement_ms: null, lock_ms: null, idle_ms: null },
};
