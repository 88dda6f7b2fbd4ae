import { pipeline, type Readable } from 'node:stream';
import { type CsvError, type InfoRecord, parse } from 'csv-parse';
import { eventSchema } from '../../events/event.schema.js';
import { StartError } from '../../start-error.js';
import type { ImportItem } from '../import-item.js';

const FIELDS: Readonly<Record<string, { type: string | readonly string[] }>> = eventSchema.properties;
/** As of a line of NDJSON: one event is far smaller. Bounds what a quote that is never closed can take. */
const LONGEST_RECORD = 1_048_576;

interface CsvRecord {
  record: Record<string, string>;
  info: InfoRecord;
}

/**
 * The events of a CSV file, whose first line names their fields. An empty cell is an absent field; a list has blanks
 * between its items. What cannot be of its field's type stays text, and the service says what is wrong with it.
 */
export async function* readCsv(stream: Readable): AsyncGenerator<ImportItem> {
  const skipped: { line: number; item: ImportItem }[] = [];
  const parser = parse({
    bom: true,
    columns: fieldsOf,
    info: true,
    max_record_size: LONGEST_RECORD,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => void skipped.push(unreadable(error)),
  });
  // What goes wrong with the stream ends the parser too, and is thrown below.
  pipeline(stream, parser, () => undefined);
  for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
    // The parser is some records ahead.
    const before = skipped.filter(({ line }) => line < info.lines).length;
    yield* skipped.splice(0, before).map(({ item }) => item);
    yield { place: `line ${info.lines}`, event: eventOf(record) };
  }
  yield* skipped.map(({ item }) => item);
}

function fieldsOf(names: string[]): string[] {
  const fields = names.map((name) => name.trim());
  const unknown = fields.filter((name) => !Object.hasOwn(FIELDS, name));
  if (unknown.length > 0) {
    const known = Object.keys(FIELDS).join(', ');
    throw new StartError(
      `The first line must name the fields, with commas between them; no field is ${quoted(unknown)}. Fields are ${known}`,
    );
  }
  const twice = fields.filter((name, index) => fields.indexOf(name) !== index);
  if (twice.length > 0) throw new StartError(`The first line names ${quoted(twice)} twice`);
  return fields;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name.slice(0, 100))).join(', ');
}

function unreadable(error: CsvError | undefined): { line: number; item: ImportItem } {
  const line = Number(error?.['lines']);
  return { line, item: { place: `line ${line}`, unreadable: `is not valid CSV: ${error?.message}` } };
}

function eventOf(record: Record<string, string>): Record<string, unknown> {
  const cells = Object.entries(record).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(cells.map(([name, text]) => [name, valueOf(text, FIELDS[name]?.type ?? 'string')]));
}

function valueOf(text: string, type: string | readonly string[]): unknown {
  const word = text.trim();
  if (type.includes('array')) return word.split(/\s+/);
  if (type.includes('boolean') && /^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  if (type.includes('integer') && /^\d{1,15}$/.test(word)) return Number(word);
  return word;
}
