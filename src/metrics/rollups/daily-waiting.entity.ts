import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was waiting for production at the end of a day, in all pipelines together, without the changes of bots. */
@Entity({ schema: 'devopstic', name: 'daily_waiting' })
export class DailyWaiting {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'daily_waiting_pkey' })
  time_zone!: string;

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'daily_waiting_pkey' })
  day_end!: Date;

  @Column('integer')
  count!: number;

  /** In seconds, as is the next. */
  @Column('double precision', { nullable: true })
  oldest!: number | null;

  @Column('double precision', { nullable: true })
  median!: number | null;
}
