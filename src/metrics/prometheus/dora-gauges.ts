import { Injectable, Logger } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { valueAt } from '../catalogue/column.js';
import type { Gauge as Entry } from '../catalogue/entry.js';
import { METRIC_NAMES, METRICS } from '../catalogue/metrics.js';
import { Figures, type Cell } from '../figures.js';

const RANGE_MS = 30 * 86_400_000;
const FRESH_MS = 60_000;
/** What costs long is computed less often, so that scraping never takes more than a twentieth of a connection. */
const REST = 20;

/** The metrics of the last 30 days of each pipeline, computed at most once a minute however often they are scraped. */
@Injectable()
export class DoraGauges {
  private readonly logger = new Logger('Prometheus');
  private readonly registry = new Registry();
  private readonly gauges = METRIC_NAMES.flatMap((metric) =>
    METRICS[metric].gauges.map((gauge: Entry) => ({ metric, gauge, series: expose(gauge, this.registry) })),
  );
  private staleAt = 0;
  private refreshing: Promise<void> | null = null;

  constructor(private readonly figures: Figures) {}

  async fresh(now: Date): Promise<Registry> {
    if (now.getTime() >= this.staleAt) {
      this.refreshing ??= this.refresh(now).finally(() => {
        this.refreshing = null;
      });
      await this.refreshing;
    }
    return this.registry;
  }

  /** Without the database there is nothing to tell of deployments, and still much of the process. */
  private async refresh(now: Date): Promise<void> {
    const began = performance.now();
    const cells = await this.read(now).catch((cause: unknown) => {
      this.logger.warn(`The DORA gauges are missing: ${String(cause)}`);
      return [];
    });
    this.registry.resetMetrics();
    for (const cell of cells) this.tell(cell);
    this.staleAt = now.getTime() + Math.max(FRESH_MS, REST * (performance.now() - began));
  }

  private read(now: Date): Promise<Cell[]> {
    const range = { from: new Date(now.getTime() - RANGE_MS), to: now, time_zone: 'UTC' };
    const everything = { pipelines: null, environments: null, environment_names: [], bots: false };
    return this.figures.of({ ...range, ...everything }, 'dora-2023', { by_pipeline: true });
  }

  private tell({ pipeline_id, metrics }: Cell): void {
    for (const { metric, gauge, series } of this.gauges) {
      for (const column of gauge.columns) {
        const value = valueAt(metrics[metric], column);
        if (value !== null) series.set({ pipeline: pipeline_id, ...labelsOf(gauge, column) }, value);
      }
    }
  }
}

/** Of `total.median` the labels are part `total` and statistic `median`. */
function labelsOf({ labels = [] }: Entry, column: string): Record<string, string> {
  const parts = column.split('.');
  return Object.fromEntries(labels.map((label, index) => [label, parts[index]!]));
}

function expose({ name, help, labels = [] }: Entry, registry: Registry): Gauge {
  return new Gauge({
    name,
    help,
    labelNames: ['pipeline', ...labels],
    registers: [registry],
  });
}
