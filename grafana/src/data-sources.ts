import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** As provisioning/datasources/devopstic.yaml names them. */
export const POSTGRES: DataSourceRef = { type: 'grafana-postgresql-datasource', uid: 'devopstic-postgres' };
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: 'devopstic-prometheus' };
