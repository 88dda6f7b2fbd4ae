import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The commits that reached the default branch together, by the head of their push. */
@Entity({ schema: 'devopstic', name: 'pushes' })
export class Push {
  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'pushes_pkey' })
  pipeline_id!: string;

  @PrimaryColumn('text', { collation: 'C', primaryKeyConstraintName: 'pushes_pkey' })
  head!: string;

  @Column({ type: 'text', collation: 'C', array: true, default: '{}' })
  commits!: string[];
}
