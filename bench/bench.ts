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
  /** Of a database of facts; a tenth of them are in the one that it is compared with. */
  deployments: number;
  /** Of a soak. */
  minutes: number;
}

export const FULL: Size = {
  stored: 1_000_000,
  bulk: 100_000,
  seconds: 10,
  pushes: 100,
  queries: 10_000,
  deployments: 1_000_000,
  minutes: 15,
};
/** Shows that everything runs; its figures say little. */
export const QUICK: Size = {
  stored: 4_000,
  bulk: 4_000,
  seconds: 2,
  pushes: 3,
  queries: 100,
  deployments: 20_000,
  minutes: 0.2,
};

/** What every benchmark is given. */
export interface Bench {
  databases: Databases;
  size: Size;
  runs: number;
  tell: (what: string) => void;
}
