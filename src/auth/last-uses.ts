import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';

const MINUTE_MS = 60_000;
const REMEMBERED = 10_000;

/** Notes when keys and sessions were last used: about once a minute each, and never while a request waits. */
@Injectable()
export class LastUses implements OnModuleDestroy {
  private readonly logger = new Logger(LastUses.name);
  private readonly noted = new Map<string, number>();
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  /** @param id an existing one's */
  note(table: 'api_keys' | 'sessions', id: string): void {
    const now = performance.now();
    if (now - (this.noted.get(id) ?? -Infinity) < MINUTE_MS) return;
    this.noted.delete(id);
    this.noted.set(id, now);
    if (this.noted.size > REMEMBERED) this.dropOldest();
    this.writing = this.writing.then(() => this.write(table, id));
  }

  /** A graceful stop keeps what was noted. */
  async onModuleDestroy(): Promise<void> {
    await this.writing;
  }

  private dropOldest(): void {
    const [oldest] = this.noted.keys();
    if (oldest !== undefined) this.noted.delete(oldest);
  }

  /** A use that could not be noted is not worth failing for: the next minute brings another. */
  private async write(table: 'api_keys' | 'sessions', id: string): Promise<void> {
    try {
      await this.dataSource.query(
        `UPDATE devopstic.${table}
         SET last_used_at = now()
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
        [id],
      );
    } catch (cause) {
      this.logger.warn(`The last use of ${id} in ${table} was not noted: ${String(cause)}`);
    }
  }
}
