import { Injectable, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { Retention } from '../database/retention.js';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './audit.controller.js';

/** Deletes entries that are kept for long enough. */
@Injectable()
class AuditRetention extends Retention {
  constructor(
    private readonly trail: AuditTrail,
    { audit_retention_seconds }: Config,
  ) {
    super('audit entries', audit_retention_seconds);
  }

  protected prune(older_than_seconds: number, at_most: number): Promise<number> {
    return this.trail.prune(older_than_seconds, at_most);
  }
}

@Module({ controllers: [AuditController], providers: [AuditTrail, AuditRetention] })
export class AuditModule {}
