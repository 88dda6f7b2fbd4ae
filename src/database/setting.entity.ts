import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A named value that all replicas share. */
@Entity({ name: 'settings', schema: 'devopstic' })
export class Setting {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'settings_pkey' })
  name!: string;

  @Column('jsonb')
  value!: unknown;
}
