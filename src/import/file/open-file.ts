import { createReadStream, type ReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { StartError } from '../../start-error.js';

/** What an import is read from; `size` in bytes, null where it is not known. */
interface InputFile {
  stream: AsyncIterable<Buffer> & NodeJS.ReadableStream;
  size: number | null;
  bytesRead: () => number;
}

/** A file by its path; `-` is the standard input. */
export async function openFile(path: string): Promise<InputFile> {
  if (path === '-') return { stream: process.stdin, size: null, bytesRead: () => 0 };
  const size = await sizeOf(path);
  const stream: ReadStream = createReadStream(path);
  return { stream, size, bytesRead: () => stream.bytesRead };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const file = await open(path);
    const found = await file.stat();
    await file.close();
    if (found.isDirectory()) throw new StartError(`${path} is a folder: give one file`);
    return found.isFile() ? found.size : null;
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(`${path} cannot be read: ${(cause as Error).message}`);
  }
}
