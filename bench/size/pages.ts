import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { CommitList } from '../../src/commits/commit-list.js';
import type { DatabaseConfig } from '../../src/config/config.js';
import { DeploymentList } from '../../src/deployments/deployment-list.js';
import { ListQuery } from '../../src/http/list.query.js';
import { encodeCursor, type PageView } from '../../src/http/paging.js';
import { asked, type Question } from './question.js';

/** The first page of a list of everything, and its last. */
export interface Pages {
  first: Question;
  last: Question;
}

interface List {
  /** The key of the row before the last page: as many rows come after it in the list as a page has. */
  before: string;
  page: (dataSource: DataSource, query: ListQuery) => Promise<PageView>;
}

const LISTS = {
  deployments: {
    before: `
      SELECT COALESCE(d.finished_at, d.started_at) AS at, d.deployment_id, d.environment, d.pipeline_id
      FROM devopstic.deployments AS d
      ORDER BY 1, 2, 3, 4
      OFFSET $1 LIMIT 1`,
    page: (dataSource, query) => new DeploymentList(dataSource).read(query, null),
  },
  commits: {
    before: `
      SELECT c.committed_at AS at, c.commit_id, c.pipeline_id
      FROM devopstic.commits AS c
      ORDER BY 1 NULLS FIRST, 2, 3
      OFFSET $1 LIMIT 1`,
    page: (dataSource, query) => new CommitList(dataSource).read(query, null),
  },
} satisfies Record<string, List>;

export type ListName = keyof typeof LISTS;

export const LIST_NAMES = Object.keys(LISTS) as ListName[];

export async function pagesOf(name: ListName, database: DatabaseConfig, client: Client): Promise<Pages> {
  const { before, page }: List = LISTS[name];
  const ask = (cursor?: string) =>
    asked(database, (dataSource) => page(dataSource, Object.assign(new ListQuery(), { cursor })));
  const first = await ask();
  const { rows } = await client.query<Record<string, string | Date>>(before, [first.answer.limit]);
  const key = Object.values(rows[0] ?? {}).map((column) => (column instanceof Date ? column.toISOString() : column));
  const last = await ask(encodeCursor(name, key));
  if (last.answer.next !== null || last.answer.count !== first.answer.count) {
    throw new Error(`This is not the last page of /${name}: ${JSON.stringify(last.answer)}`);
  }
  return { first: first.question, last: last.question };
}
