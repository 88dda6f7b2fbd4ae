import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { Gauge, register } from 'prom-client';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';

const CONNECTIONS = 'devopstic_database_connections';

/** Tells Prometheus what the pools of connections do. */
@Injectable()
export class PoolMeter {
  constructor(
    @InjectDataSource() write: DataSource,
    @InjectDataSource('read') read: DataSource,
    @InjectDataSource('replay') replay: DataSource,
    @InjectDataSource('work') work: DataSource,
  ) {
    // One for the process: apps that share it, as in tests, share its registry too.
    register.removeSingleMetric(CONNECTIONS);
    register.registerMetric(connections({ write, read, replay, work }));
  }
}

function connections(pools: Readonly<Record<string, DataSource>>): Gauge {
  return new Gauge({
    name: CONNECTIONS,
    help: 'Connections to the database, by pool (write, read, replay, work) and state: busy, idle; waiting: requests that wait for one',
    labelNames: ['pool', 'state'],
    registers: [],
    collect() {
      for (const [pool, dataSource] of Object.entries(pools)) {
        const { totalCount, idleCount, waitingCount } = (dataSource.driver as PostgresDriver).master as Pool;
        this.set({ pool, state: 'busy' }, totalCount - idleCount);
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'waiting' }, waitingCount);
      }
    },
  });
}
