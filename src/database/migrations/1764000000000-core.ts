import type { QueryRunner } from 'typeorm';

/**
 * The event log and the facts derived from it. Every key starts with `pipeline_id` (ADR 0003); identifiers compare by
 * bytes (COLLATE "C") because ties between events are broken by them, and no locale may change who wins.
 *
 * Every further index is partial on a column of its own, even one that is never null: a query that does not name this
 * column cannot use it. On a table without statistics all indexes that start alike look equally good, and the planner
 * would take a look-up by key through one of them, reading the whole pipeline; and keep that plan. A query names the
 * column by a comparison (`occurred_at >= '-infinity'`): PostgreSQL 17 and later drop `IS NOT NULL` of a column that is
 * never null before they match the index.
 */
export class Core1764000000000 {
  readonly name = 'Core1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TYPE devopstic.commit_key AS (pipeline_id text COLLATE "C", commit_id text COLLATE "C")`,
    );
    await runner.query(`
      CREATE TYPE devopstic.carrier AS (
        pipeline_id text COLLATE "C", environment text COLLATE "C", commit_id text COLLATE "C",
        finished_at timestamptz, deployment_id text COLLATE "C"
      )`);
    await runner.query(`
      CREATE TYPE devopstic.deployment_place AS (
        pipeline_id text COLLATE "C", environment text COLLATE "C", deployment_id text COLLATE "C",
        finished_at timestamptz, status text
      )`);
    await runner.query(
      `CREATE TYPE devopstic.incident_key AS (pipeline_id text COLLATE "C", incident_id text COLLATE "C")`,
    );
    await runner.query(`
      CREATE TABLE devopstic.pipelines (
        pipeline_id text COLLATE "C" NOT NULL,
        events bigint NOT NULL DEFAULT 0,
        first_event_at timestamptz,
        last_event_at timestamptz,
        CONSTRAINT pipelines_pkey PRIMARY KEY (pipeline_id)
      )`);
    await runner.query(`
      CREATE TABLE devopstic.events (
        pipeline_id text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        type text NOT NULL,
        status text NOT NULL,
        environment text COLLATE "C",
        commit_id text COLLATE "C",
        pull_request_id bigint,
        incident_id text COLLATE "C",
        deployment_id text COLLATE "C",
        commits text[] COLLATE "C",
        parents text[] COLLATE "C",
        landed_at timestamptz,
        landed_head text COLLATE "C",
        rollback boolean,
        rework boolean,
        author text,
        url text,
        occurred_at timestamptz NOT NULL,
        time_inferred boolean NOT NULL,
        received_at timestamptz NOT NULL,
        content_hash text COLLATE "C" NOT NULL,
        CONSTRAINT events_pkey PRIMARY KEY (pipeline_id, id)
      )`);
    await runner.query(`CREATE INDEX events_occurred_idx ON devopstic.events (pipeline_id, occurred_at, id)
        WHERE occurred_at IS NOT NULL`);
    await runner.query(`
      CREATE INDEX events_incident_idx ON devopstic.events (pipeline_id, incident_id)
        WHERE type = 'incident_status_change'`);
    await runner.query(`
      CREATE TABLE devopstic.commits (
        pipeline_id text COLLATE "C" NOT NULL,
        commit_id text COLLATE "C" NOT NULL,
        first_commit_at timestamptz,
        first_submit_at timestamptz,
        first_landed_at timestamptz,
        parents text[] COLLATE "C" NOT NULL DEFAULT '{}',
        pull_request_ids bigint[] NOT NULL DEFAULT '{}',
        landed_heads text[] COLLATE "C" NOT NULL DEFAULT '{}',
        authors text[] COLLATE "C" NOT NULL DEFAULT '{}',
        url text COLLATE "C",
        alias_of text COLLATE "C",
        inherited_committed_at timestamptz,
        inherited_submit_at timestamptz,
        inherited_bot boolean NOT NULL DEFAULT false,
        committed_at timestamptz,
        submitted_at timestamptz,
        approved_at timestamptz,
        landed_at timestamptz,
        bot boolean NOT NULL DEFAULT false,
        CONSTRAINT commits_pkey PRIMARY KEY (pipeline_id, commit_id)
      )`);
    await runner.query(`
      CREATE INDEX commits_alias_idx ON devopstic.commits (pipeline_id, alias_of)
        WHERE alias_of IS NOT NULL`);
    await runner.query(
      `CREATE INDEX commits_committed_idx ON devopstic.commits (pipeline_id, committed_at, commit_id)
        WHERE committed_at IS NOT NULL`,
    );
    await runner.query(`CREATE INDEX commits_landed_idx ON devopstic.commits (pipeline_id, landed_at)
        WHERE landed_at IS NOT NULL`);
    await runner.query(`
      CREATE TABLE devopstic.pull_requests (
        pipeline_id text COLLATE "C" NOT NULL,
        pull_request_id bigint NOT NULL,
        commits text[] COLLATE "C" NOT NULL DEFAULT '{}',
        approved_at timestamptz,
        approved_commit text COLLATE "C",
        CONSTRAINT pull_requests_pkey PRIMARY KEY (pipeline_id, pull_request_id)
      )`);
    await runner.query(`
      CREATE INDEX pull_requests_approved_idx ON devopstic.pull_requests (pipeline_id, approved_commit)
        WHERE approved_commit IS NOT NULL`);
    await runner.query(`
      CREATE TABLE devopstic.pushes (
        pipeline_id text COLLATE "C" NOT NULL,
        head text COLLATE "C" NOT NULL,
        commits text[] COLLATE "C" NOT NULL DEFAULT '{}',
        CONSTRAINT pushes_pkey PRIMARY KEY (pipeline_id, head)
      )`);
    await runner.query(`
      CREATE TABLE devopstic.environments (
        pipeline_id text COLLATE "C" NOT NULL,
        environment text COLLATE "C" NOT NULL,
        baseline_finished_at timestamptz,
        baseline_deployment_id text COLLATE "C",
        CONSTRAINT environments_pkey PRIMARY KEY (pipeline_id, environment)
      )`);
    await runner.query(`
      CREATE TABLE devopstic.deployments (
        pipeline_id text COLLATE "C" NOT NULL,
        environment text COLLATE "C" NOT NULL,
        deployment_id text COLLATE "C" NOT NULL,
        success_at timestamptz,
        failure_at timestamptz,
        canceled_at timestamptz,
        started_at timestamptz NOT NULL,
        first_event_id text COLLATE "C" NOT NULL,
        commit_id text COLLATE "C" NOT NULL,
        commits text[] COLLATE "C" NOT NULL,
        flagged_rollback boolean NOT NULL DEFAULT false,
        flagged_rework boolean NOT NULL DEFAULT false,
        url text COLLATE "C",
        status text NOT NULL,
        finished_at timestamptz,
        rollback boolean NOT NULL DEFAULT false,
        rework boolean NOT NULL DEFAULT false,
        failed_by text[] NOT NULL DEFAULT '{}',
        recovered_at timestamptz,
        recovery_seconds double precision,
        CONSTRAINT deployments_pkey PRIMARY KEY (pipeline_id, environment, deployment_id)
      )`);
    await runner.query(`
      CREATE INDEX deployments_finished_idx
        ON devopstic.deployments (pipeline_id, environment, finished_at, deployment_id)
        INCLUDE (status, failed_by, rollback, rework, recovery_seconds)
        WHERE finished_at IS NOT NULL`);
    await runner.query(`
      CREATE INDEX deployments_commit_idx
        ON devopstic.deployments (pipeline_id, environment, commit_id)
        WHERE commit_id IS NOT NULL`);
    await runner.query(`CREATE INDEX deployments_started_idx ON devopstic.deployments (pipeline_id, started_at)
        WHERE started_at IS NOT NULL`);
    await runner.query(`
      CREATE TABLE devopstic.commit_carriers (
        pipeline_id text COLLATE "C" NOT NULL,
        commit_id text COLLATE "C" NOT NULL,
        environment text COLLATE "C" NOT NULL,
        finished_at timestamptz NOT NULL,
        deployment_id text COLLATE "C" NOT NULL,
        CONSTRAINT commit_carriers_pkey PRIMARY KEY (pipeline_id, commit_id, environment)
      )`);
    await runner.query(`
      CREATE TABLE devopstic.deployment_changes (
        pipeline_id text COLLATE "C" NOT NULL,
        commit_id text COLLATE "C" NOT NULL,
        environment text COLLATE "C" NOT NULL,
        deployment_id text COLLATE "C" NOT NULL,
        finished_at timestamptz NOT NULL,
        left_out text,
        bot boolean NOT NULL,
        no_review boolean NOT NULL,
        skewed boolean NOT NULL,
        total_seconds double precision,
        review_seconds double precision,
        deployment_seconds double precision,
        commit_to_deploy_seconds double precision,
        CONSTRAINT deployment_changes_pkey PRIMARY KEY (pipeline_id, commit_id, environment)
      )`);
    await runner.query(`
      CREATE INDEX deployment_changes_finished_idx
        ON devopstic.deployment_changes (pipeline_id, environment, finished_at, deployment_id)
        INCLUDE (left_out, bot, no_review, total_seconds, review_seconds, deployment_seconds, commit_to_deploy_seconds)
        WHERE finished_at IS NOT NULL`);
    await runner.query(`
      CREATE TABLE devopstic.incidents (
        pipeline_id text COLLATE "C" NOT NULL,
        incident_id text COLLATE "C" NOT NULL,
        environment text COLLATE "C" NOT NULL,
        state text NOT NULL,
        opened_at timestamptz NOT NULL,
        resolved_at timestamptz,
        blamed_deployment_id text COLLATE "C",
        blamed_commit_id text COLLATE "C",
        url text COLLATE "C",
        cause_method text NOT NULL DEFAULT 'none',
        cause_environment text COLLATE "C",
        cause_deployment_id text COLLATE "C",
        CONSTRAINT incidents_pkey PRIMARY KEY (pipeline_id, incident_id)
      )`);
    await runner.query(`
      CREATE INDEX incidents_opened_idx
        ON devopstic.incidents (pipeline_id, environment, opened_at)
        WHERE opened_at IS NOT NULL`);
    await runner.query(`
      CREATE INDEX incidents_resolved_idx
        ON devopstic.incidents (pipeline_id, environment, resolved_at)
        WHERE resolved_at IS NOT NULL`);
    await runner.query(`
      CREATE INDEX incidents_cause_idx
        ON devopstic.incidents (pipeline_id, cause_environment, cause_deployment_id)
        WHERE cause_deployment_id IS NOT NULL`);
    await runner.query(`
      CREATE INDEX incidents_blamed_deployment_idx
        ON devopstic.incidents (pipeline_id, blamed_deployment_id)
        WHERE blamed_deployment_id IS NOT NULL`);
    await runner.query(`
      CREATE INDEX incidents_blamed_commit_idx
        ON devopstic.incidents (pipeline_id, blamed_commit_id)
        WHERE blamed_commit_id IS NOT NULL`);
  }
}
