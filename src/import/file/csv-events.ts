import { pipeline, type Readable } from 'node:stream';
import { type CsvError, type InfoRecord, parse } from 'csv-parse';
import { EVENT_FIELDS, type EventField } from '../../events/event.fields.js';
import { StartError } from '../../start-error.js';
import type { ImportItem } from '../import-item.js';

const FIELDS: Readonly<Record<string, EventField>> = EVENT_FIELDS;
/** As of a line of NDJSON: one event is far smaller. Bounds what a quote that is never closed can take. */
const LONGEST_RECORD = 1_048_576;

interface CsvRecord {
  record: Record<string, string>;
  info: InfoRecord;
}

const ENDLESS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote of the event that begins here is never closed',
  CSV_MAX_RECORD_SIZE: 'the event that begins here is larger than 1 MiB, as if a quote of it were never closed',
};

type Place = Pick<InfoRecord, 'lines' | 'empty_lines'>;

/**
 * The events of a CSV file, whose first line names their fields. An empty cell is an absent field; a list has blanks
 * between its items. What cannot be of its field's type stays text, and the service says what is wrong with it.
 */
export async function* readCsv(stream: Readable): AsyncGenerator<ImportItem> {
  const skipped: { line: number; item: ImportItem }[] = [];
  // The parser tells the last line of a record that it read, and of one that it could not.
  let end = { lines: 1, empty_lines: 0 };
  const parser = parse({
    bom: true,
    columns: fieldsOf,
    info: true,
    max_record_size: LONGEST_RECORD,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (record: CsvRecord): CsvRecord => {
      end = record.info;
      return record;
    },
    on_skip: (error) => {
      const told = error as unknown as Place & CsvError;
      skipped.push(unreadable(told, end));
      end = told;
    },
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

/** A quote that is never closed takes in all that follows: what is wrong is where its event begins. */
function unreadable(error: Place & CsvError, before: Place): { line: number; item: ImportItem } {
  const begins = before.lines + error.empty_lines - before.empty_lines + 1;
  const open = ENDLESS[error.code];
  const line = open === undefined ? error.lines : begins;
  return { line, item: { place: `line ${line}`, unreadable: `is not valid CSV: ${open ?? error.message}` } };
}

function eventOf(record: Record<string, string>): Record<string, unknown> {
  const cells = Object.entries(record).filter(([, text]) => text.trim() !== '');
  return Object.fromEntries(cells.map(([name, text]) => [name, valueOf(text, FIELDS[name]?.kind)]));
}

function valueOf(text: string, kind: EventField['kind'] = 'text'): unknown {
  const word = text.trim();
  if (kind === 'list') return word.split(/\s+/);
  if (kind === 'flag' && /^(true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  if ((kind === 'integer' || kind === 'time') && /^\d{1,15}$/.test(word)) return Number(word);
  return word;
}
