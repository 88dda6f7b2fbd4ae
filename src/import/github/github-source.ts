import { StartError } from '../../start-error.js';
import { MalformedPayload } from '../../webhooks/payload.js';
import type { ImportItem, ImportSource } from '../import-item.js';
import { type GithubAccess, GithubApi } from './github-api.js';
import { GithubImport, type GithubRules } from './github-import.js';

/** How much there is to import, GitHub does not say. */
export function githubSource(access: Omit<GithubAccess, 'waiting'>, rules: GithubRules): ImportSource {
  const reading = new GithubImport(new GithubApi({ ...access, waiting: tellWaiting }), rules);
  return { items: explained(reading), done: () => null, doing: () => reading.doing };
}

/** It may be most of an hour. */
function tellWaiting(seconds: number): void {
  const end = new Date(Date.now() + seconds * 1000).toISOString();
  console.error(`GitHub allows no more requests for ${seconds} s: the import goes on by itself at ${end}`);
}

/** An answer in another form than GitHub's ends the import: what was left out could not be told apart from what is not. */
async function* explained(reading: GithubImport): AsyncGenerator<ImportItem> {
  try {
    yield* reading.items();
  } catch (cause) {
    if (!(cause instanceof MalformedPayload)) throw cause;
    throw new StartError(`While ${reading.doing}, GitHub's answer was not understood: ${cause.message}`);
  }
}
