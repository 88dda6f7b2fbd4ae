import type { Scope } from '../scope/scope.js';

/** One event to be sent, or why it could not even be read; and where it came from, for whoever has to mend it. */
export type ImportItem = { place: string } & ({ event: unknown } | { unreadable: string });

/** A past to be imported. */
export interface ImportSource {
  /** Whether it is told by the names of somebody else, so that the scope rules are to be asked for. */
  by_rules: boolean;
  items(scope: Scope): AsyncIterable<ImportItem> | Iterable<ImportItem>;
  /** How much of it is done, from 0 to 1; null where nobody knows how much there is. */
  done(): number | null;
  /** What is being done at the moment, in words. */
  doing(): string;
}
