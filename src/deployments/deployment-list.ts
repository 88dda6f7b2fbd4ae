import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type ListQuery, listParameters, placeOf } from '../http/list.query.js';
import { type Key, page } from '../http/paging.js';
import { DeploymentPage, type DeploymentView } from './deployment.view.js';

const SQL = readFileSync(new URL('./deployment-list.sql', import.meta.url), 'utf8');

@Injectable()
export class DeploymentList {
  constructor(@InjectDataSource('read') private readonly dataSource: DataSource) {}

  /** Newest first. `pipelines`: those to look into, null for all. */
  async read(query: ListQuery, pipelines: string[] | null): Promise<DeploymentPage> {
    const place = placeOf(query.cursor, 'deployments', 4);
    const parameters = [...listParameters(query, pipelines), ...place];
    const rows = await this.dataSource.query<DeploymentView[]>(SQL, parameters);
    return page('deployments', rows, query.limit, keyOf);
  }
}

function keyOf({ finished_at, started_at, deployment_id, environment, pipeline_id }: DeploymentView): Key {
  return [(finished_at ?? started_at).toISOString(), deployment_id, environment, pipeline_id];
}
