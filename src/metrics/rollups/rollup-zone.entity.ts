import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A time zone whose days are counted beforehand. Read by SQL: see ../sql/rollup.sql. */
@Entity({ schema: 'devopstic', name: 'rollup_zones' })
export class RollupZone {
  /** As it was asked for: an IANA name. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'rollup_zones_pkey' })
  time_zone!: string;

  /** Every day before is rolled; null: none is yet. */
  @Column('timestamptz', { nullable: true })
  rolled_until!: Date | null;

  /** What waits is known of the end of every day up to this one; null: of none yet. */
  @Column('timestamptz', { nullable: true })
  waiting_until!: Date | null;
}
