import type { ImportSource } from '../import-item.js';
import { type GithubAccess, GithubApi } from './github-api.js';
import { GithubImport, type GithubRules } from './github-import.js';

/** How much there is to import, GitHub does not say. */
export function githubSource(access: Omit<GithubAccess, 'waiting'>, rules: GithubRules): ImportSource {
  const reading = new GithubImport(new GithubApi({ ...access, waiting: tellWaiting }), rules);
  return { items: reading.items(), done: () => null, doing: () => reading.doing };
}

/** It may be most of an hour. */
function tellWaiting(seconds: number): void {
  const end = new Date(Date.now() + seconds * 1000).toISOString();
  console.error(`GitHub allows no more requests for ${seconds} s: the import goes on by itself at ${end}`);
}
