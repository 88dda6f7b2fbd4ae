import type { QueryRunner } from 'typeorm';

/** The benchmarks that levels come from, and the row types of the functions in schema `reporting`. */
export class Metrics1764000003000 {
  readonly name = 'Metrics1764000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE devopstic.benchmarks (
        name text NOT NULL,
        metric text NOT NULL,
        rank smallint NOT NULL,
        level text NOT NULL,
        comparison text,
        bound double precision,
        source text NOT NULL,
        year smallint NOT NULL,
        CONSTRAINT benchmarks_pkey PRIMARY KEY (name, metric, rank),
        CONSTRAINT benchmarks_metric_check
          CHECK (metric IN ('deployment_frequency', 'lead_time', 'recovery', 'change_failure_rate')),
        CONSTRAINT benchmarks_level_check CHECK (level IN ('elite', 'high', 'medium', 'low')),
        CONSTRAINT benchmarks_comparison_check CHECK (comparison IN ('<', '<=', '>=')),
        CONSTRAINT benchmarks_bound_check CHECK ((comparison IS NULL) = (bound IS NULL))
      )`);
    await runner.query(`
      INSERT INTO devopstic.benchmarks (name, metric, rank, level, comparison, bound, source, year)
      SELECT 'dora-2023', b.metric, b.rank, b.level, b.comparison, b.bound, b.source, 2023
      FROM (VALUES
        ('deployment_frequency', 1, 'elite',  '>=', 1,              'Accelerate State of DevOps 2023, its buckets: successful deployments a day'),
        ('deployment_frequency', 2, 'high',   '>=', 1::float8 / 7,  'Accelerate State of DevOps 2023, its buckets: successful deployments a day'),
        ('deployment_frequency', 3, 'medium', '>=', 1::float8 / 30, 'Accelerate State of DevOps 2023, its buckets: successful deployments a day'),
        ('deployment_frequency', 4, 'low',    NULL, NULL,           'Accelerate State of DevOps 2023, its buckets: successful deployments a day'),
        ('lead_time',            1, 'elite',  '<',  86400,          'Accelerate State of DevOps 2023, its buckets: median seconds from commit to deployment'),
        ('lead_time',            2, 'high',   '<',  604800,         'Accelerate State of DevOps 2023, its buckets: median seconds from commit to deployment'),
        ('lead_time',            3, 'medium', '<',  2592000,        'Accelerate State of DevOps 2023, its buckets: median seconds from commit to deployment'),
        ('lead_time',            4, 'low',    NULL, NULL,           'Accelerate State of DevOps 2023, its buckets: median seconds from commit to deployment'),
        ('recovery',             1, 'elite',  '<',  3600,           'Accelerate State of DevOps 2023, its buckets: median seconds to recovery'),
        ('recovery',             2, 'high',   '<',  86400,          'Accelerate State of DevOps 2023, its buckets: median seconds to recovery'),
        ('recovery',             3, 'medium', '<',  604800,         'Accelerate State of DevOps 2023, its buckets: median seconds to recovery'),
        ('recovery',             4, 'low',    NULL, NULL,           'Accelerate State of DevOps 2023, its buckets: median seconds to recovery'),
        ('change_failure_rate',  1, 'elite',  '<=', 0.05,           'Accelerate State of DevOps 2023, the means of its clusters read as upper bounds'),
        ('change_failure_rate',  2, 'high',   '<=', 0.10,           'Accelerate State of DevOps 2023, the means of its clusters read as upper bounds'),
        ('change_failure_rate',  3, 'medium', '<=', 0.15,           'Accelerate State of DevOps 2023, the means of its clusters read as upper bounds'),
        ('change_failure_rate',  4, 'low',    NULL, NULL,           'Accelerate State of DevOps 2023, the means of its clusters read as upper bounds')
      ) AS b (metric, rank, level, comparison, bound, source)`);
    await runner.query(`
      CREATE TYPE reporting.statistics AS (
        count integer, mean double precision, median double precision, p90 double precision)`);
    await runner.query(`CREATE TYPE reporting.failure_reasons AS (status integer, incident integer, rollback integer)`);
    await runner.query(`
      CREATE TYPE reporting.explanation AS (
        used boolean, reason text, value double precision,
        kind text, pipeline_id text COLLATE "C", environment text COLLATE "C", deployment_id text COLLATE "C",
        commit_id text COLLATE "C", incident_id text COLLATE "C", status text, at timestamptz, failed_by text[],
        review_seconds double precision, deployment_seconds double precision,
        commit_to_deploy_seconds double precision, url text COLLATE "C")`);
  }
}
