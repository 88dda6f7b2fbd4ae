import { Config } from '../config/config.js';
import { gitSource } from '../import/git/git-source.js';
import { type ImportOptions, runImport } from '../import/run-import.js';
import { sinceOf } from '../import/since.js';

export interface ImportGitOptions extends ImportOptions {
  pipeline: string;
  environment: string;
  tags: string;
  branch?: string;
  since?: string;
}

export async function importGit(directory: string, options: ImportGitOptions): Promise<void> {
  const { pipeline, environment, tags, branch, since } = options;
  const config = new Config();
  const source = await gitSource({ directory, pipeline, environment, tags, branch, since: sinceOf(since) });
  if (!(await runImport(source, options, config))) process.exitCode = 1;
}
