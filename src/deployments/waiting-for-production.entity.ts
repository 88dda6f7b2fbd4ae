import { Entity, PrimaryColumn } from 'typeorm';

/** A change that has landed, and that no deployment has brought to a production environment. */
@Entity({ schema: 'devopstic', name: 'waiting_for_production' })
export class WaitingForProduction {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'waiting_for_production_pkey' })
  pipeline_id!: string;

  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'waiting_for_production_pkey' })
  commit_id!: string;
}
