import type { QueryRunner } from 'typeorm';

/**
 * Whole days counted beforehand, for questions about all pipelines (ADR 0012). They are a cache of the facts: what has
 * changed since is noted by the hour in `changed_hours`, in the transaction that changes it.
 */
export class Rollups1764000006000 {
  readonly name = 'Rollups1764000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.rollup_zones (
        time_zone text NOT NULL,
        rolled_until timestamptz,
        waiting_until timestamptz,
        CONSTRAINT rollup_zones_pkey PRIMARY KEY (time_zone)
      )`);
    await runner.query(`INSERT INTO devopstic.rollup_zones (time_zone) VALUES ('UTC')`);
    await runner.query(`
      CREATE TABLE devopstic.changed_hours (
        id bigint GENERATED ALWAYS AS IDENTITY,
        hour timestamptz NOT NULL,
        CONSTRAINT changed_hours_pkey PRIMARY KEY (id)
      )`);
    await runner.query(`
      CREATE TABLE devopstic.daily_counts (
        time_zone text NOT NULL,
        day_start timestamptz NOT NULL,
        environment text COLLATE "C" NOT NULL,
        deployments integer NOT NULL,
        successful integer NOT NULL,
        failed integer NOT NULL,
        failed_by_status integer NOT NULL,
        failed_by_incident integer NOT NULL,
        failed_by_rollback integer NOT NULL,
        rework integer NOT NULL,
        changes integer NOT NULL,
        incidents_opened integer NOT NULL,
        incidents_resolved integer NOT NULL,
        CONSTRAINT daily_counts_pkey PRIMARY KEY (time_zone, day_start, environment)
      )`);
    await runner.query(`
      CREATE TABLE devopstic.daily_durations (
        time_zone text NOT NULL,
        measure text NOT NULL,
        day_start timestamptz NOT NULL,
        environment text COLLATE "C" NOT NULL,
        count integer NOT NULL,
        sum double precision NOT NULL,
        median double precision NOT NULL,
        p90 double precision NOT NULL,
        bins smallint[] NOT NULL,
        bin_counts integer[] NOT NULL,
        CONSTRAINT daily_durations_pkey PRIMARY KEY (time_zone, measure, day_start, environment)
      )`);
    await runner.query(`
      CREATE TABLE devopstic.daily_waiting (
        time_zone text NOT NULL,
        day_end timestamptz NOT NULL,
        count integer NOT NULL,
        oldest double precision,
        median double precision,
        CONSTRAINT daily_waiting_pkey PRIMARY KEY (time_zone, day_end)
      )`);
    await runner.query('ALTER TABLE devopstic.commits ADD COLUMN in_production_at timestamptz');
    // Not by pipeline: what waits is asked for of all of them. What is not in production yet comes last.
    await runner.query(`
      CREATE INDEX commits_waiting_idx
        ON devopstic.commits ((COALESCE(in_production_at, 'infinity')))
        WHERE landed_at IS NOT NULL AND alias_of IS NULL`);
  }
}
