import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { invalid } from './invalid.js';

/** The time zones that the database knows by name: it also takes abbreviations and rules, which are no IANA zones. */
@Injectable()
export class TimeZones {
  private known: Promise<ReadonlySet<string>> | null = null;

  constructor(@InjectDataSource('read') private readonly dataSource: DataSource) {}

  /** @throws Problem 400 if there is no such zone */
  async check(name: string): Promise<void> {
    const known = await this.names();
    if (!known.has(name)) throw invalid('/time_zone', 'must be an IANA time zone such as Europe/Paris');
  }

  /** Listing them reads some hundred files, so it is done once; not if it fails. */
  private names(): Promise<ReadonlySet<string>> {
    this.known ??= this.read().catch((cause: unknown) => {
      this.known = null;
      throw cause;
    });
    return this.known;
  }

  private async read(): Promise<ReadonlySet<string>> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      `SELECT z.name FROM pg_timezone_names AS z WHERE z.name ~ '^[A-Z]' AND z.name <> 'Factory'`,
    );
    return new Set(rows.map(({ name }) => name));
  }
}
