import { readFileSync } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { checkRange, placeOf } from '../http/list.query.js';
import { momentOf } from '../http/moment.js';
import { badCursor, page } from '../http/paging.js';
import type { AuditEntry } from './audit-entry.entity.js';
import type { AuditListQuery } from './audit-list.query.js';

const LIST = sql('list-entries.sql');
const PRUNE = sql('prune-entries.sql');
const ID = /^[0-9]{1,18}$/;

/** The audit trail, to be read. What is added to it is added where it is done: see keepAct. */
@Injectable()
export class AuditTrail {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  async list({ from, to, actor, action, object, limit, cursor }: AuditListQuery) {
    checkRange(from, to);
    const [at, id] = placeOf(cursor, 'audit', 2);
    if (id !== null && !ID.test(String(id))) throw badCursor();
    const filters = [momentOf(from), momentOf(to), actor, action, object, at, id, limit + 1];
    const rows = await this.dataSource.query<Omit<AuditEntry, 'counted_key'>[]>(LIST, filters);
    return page('audit', rows, limit, (row) => [row.at.toISOString(), row.id]);
  }

  /** Deletes at most so many entries that are older; answers how many. */
  async prune(older_than_seconds: number, at_most: number): Promise<number> {
    const [, deleted] = await this.dataSource.query<[unknown, number]>(PRUNE, [older_than_seconds, at_most]);
    return deleted;
  }
}

function sql(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
