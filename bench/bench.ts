import type { Databases } from './database.js';

/** How much is measured. */
export interface Size {
  /** Stored events that a database is called full with. */
  stored: number;
  /** Events of one bulk load. */
  bulk: number;
  /** Of a load of single events. */
  seconds: number;
  pushes: number;
  queries: number;
}

export const FULL: Size = { stored: 1_000_000, bulk: 100_000, seconds: 10, pushes: 100, queries: 10_000 };
/** Shows that everything runs; its figures say little. */
export const QUICK: Size = { stored: 20_000, bulk: 10_000, seconds: 2, pushes: 10, queries: 200 };

/** What every benchmark is given. */
export interface Bench {
  databases: Databases;
  size: Size;
  runs: number;
  tell: (what: string) => void;
}
