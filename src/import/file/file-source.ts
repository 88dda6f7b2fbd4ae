import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readNdjson } from '../../events/ndjson.js';
import { StartError } from '../../start-error.js';
import type { ImportItem, ImportSource } from '../import-item.js';
import { readCsv } from './csv-events.js';
import { openFile } from './open-file.js';

export type FileFormat = 'ndjson' | 'csv';

const ENDINGS: ReadonlyMap<string, FileFormat> = new Map([
  ['.ndjson', 'ndjson'],
  ['.jsonl', 'ndjson'],
  ['.csv', 'csv'],
]);

/** The events of a file in the contract's own form, compressed if its name ends with `.gz`; `-` is the standard input. */
export async function fileSource(path: string, format: FileFormat | undefined): Promise<ImportSource> {
  const read = (format ?? formatOf(path)) === 'csv' ? readCsv : readLines;
  const { stream, size, bytesRead } = await openFile(path);
  const whole = new PassThrough();
  // What goes wrong with the file ends what is read from it.
  if (path.endsWith('.gz')) pipeline(stream, createGunzip(), whole, () => undefined);
  else pipeline(stream, whole, () => undefined);
  return {
    by_rules: false,
    items: () => sayWhere(path, read(whole)),
    done: () => (size === null ? null : bytesRead() / Math.max(size, 1)),
    doing: () => path,
  };
}

function formatOf(path: string): FileFormat {
  if (path === '-') return 'ndjson';
  const [ending = ''] = /\.\w+$/.exec(path.replace(/\.gz$/, '')) ?? [];
  const format = ENDINGS.get(ending.toLowerCase());
  if (format === undefined) throw new StartError(`${path}: say with --format whether it is ndjson or csv`);
  return format;
}

async function* readLines(stream: Readable): AsyncGenerator<ImportItem> {
  for await (const { line, ...item } of readNdjson(stream)) {
    const place = `line ${line}`;
    yield 'value' in item ? { place, event: item.value } : { place, unreadable: item.unreadable };
  }
}

/** A file that breaks off, as a cut .gz does, is the operator's to mend. */
async function* sayWhere(path: string, items: AsyncIterable<ImportItem>): AsyncGenerator<ImportItem> {
  try {
    yield* items;
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(`${path} cannot be read to its end: ${(cause as Error).message}`);
  }
}
