import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A note that facts of an hour have changed: written with the change, deleted when its day is rolled. */
@Entity({ schema: 'devopstic', name: 'changed_hours' })
export class ChangedHour {
  @PrimaryColumn('bigint', { generated: 'identity', primaryKeyConstraintName: 'changed_hours_pkey' })
  id!: string;

  /** Where the hour begins. */
  @Column('timestamptz')
  hour!: Date;
}
