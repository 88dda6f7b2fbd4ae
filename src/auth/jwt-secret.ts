import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';

/** The key that signs user tokens: DEVOPSTIC_JWT_SECRET, else one that all replicas share through the database. */
@Injectable()
export class JwtSecret {
  private loaded: Promise<KeyObject> | null = null;

  constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
  ) {}

  /** A KeyObject, because jsonwebtoken rebuilds the key of a plain string at each check (374 µs instead of 8). */
  key(): Promise<KeyObject> {
    this.loaded ??= this.load().catch((cause: unknown) => {
      this.loaded = null;
      throw cause;
    });
    return this.loaded;
  }

  private async load(): Promise<KeyObject> {
    return createSecretKey(this.config.jwt_secret ?? (await this.shared()), 'utf8');
  }

  /** The constraint decides which replica's proposal wins when several start at once; all read the winner's. */
  private async shared(): Promise<string> {
    await this.dataSource.query(
      `INSERT INTO devopstic.settings (name, value) VALUES ('jwt_secret', to_jsonb($1::text)) ON CONFLICT (name) DO NOTHING`,
      [randomBytes(32).toString('base64url')],
    );
    const [stored] = await this.dataSource.query<{ value: string }[]>(
      `SELECT value FROM devopstic.settings WHERE name = 'jwt_secret'`,
    );
    if (!stored) throw new Error('The setting jwt_secret vanished while it was read');
    return stored.value;
  }
}
