import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';

const MINUTE_MS = 60_000;

/** Notes when keys were last used: about once a minute each, and never while a request waits. */
@Injectable()
export class KeyUses implements OnModuleDestroy {
  private readonly logger = new Logger(KeyUses.name);
  private readonly noted = new Map<string, number>();
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  /** @param id an existing key's, so that there are no more entries than keys */
  note(id: string): void {
    const now = performance.now();
    if (now - (this.noted.get(id) ?? -Infinity) < MINUTE_MS) return;
    this.noted.set(id, now);
    this.writing = this.writing.then(() => this.write(id));
  }

  /** A graceful stop keeps what was noted. */
  async onModuleDestroy(): Promise<void> {
    await this.writing;
  }

  /** A use that could not be noted is not worth failing for: the next minute brings another. */
  private async write(id: string): Promise<void> {
    try {
      await this.dataSource.query(
        `UPDATE devopstic.api_keys
         SET last_used_at = now()
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
        [id],
      );
    } catch (cause) {
      this.logger.warn(`The last use of key ${id} was not noted: ${String(cause)}`);
    }
  }
}
