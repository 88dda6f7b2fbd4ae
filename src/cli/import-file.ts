import { Config } from '../config/config.js';
import { type FileFormat, fileSource } from '../import/file/file-source.js';
import { type ImportOptions, runImport } from '../import/run-import.js';

export interface ImportFileOptions extends ImportOptions {
  format?: FileFormat;
}

export async function importFile(path: string, options: ImportFileOptions): Promise<void> {
  const source = await fileSource(path, options.format);
  if (!(await runImport(source, options, new Config()))) process.exitCode = 1;
}
