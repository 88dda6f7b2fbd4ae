import type { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';

/** error: numbers are missing or nobody can work; warning: some are, or will be; note: worth knowing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;

export interface Finding {
  /** A name that stays the same, for machines. */
  name: string;
  severity: (typeof SEVERITIES)[number];
  what: string;
  why: string;
  /** What to do about it. */
  remedy: string;
  /** Which ones, if there may be several. */
  items: string[];
}

export interface Patient {
  config: Config;
  dataSource: DataSource;
}

/** One thing to look at; null: it is as it should be. */
export type Check = (patient: Patient) => Promise<Finding | null>;

/** A finding if there is anything to list. */
export function found(finding: Finding): Finding | null {
  return finding.items.length === 0 ? null : finding;
}

export function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
