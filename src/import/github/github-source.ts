import type { Scope } from '../../scope/scope.js';
import { StartError } from '../../start-error.js';
import { MalformedPayload } from '../../webhooks/payload.js';
import type { ImportItem, ImportSource } from '../import-item.js';
import { type GithubAccess, GithubApi } from './github-api.js';
import { GithubImport, type GithubChoices } from './github-import.js';

/** How much there is to import, GitHub does not say. */
export function githubSource(access: Omit<GithubAccess, 'waiting'>, choices: GithubChoices): ImportSource {
  const reading = new GithubImport(new GithubApi({ ...access, waiting: tellWaiting }), choices);
  return {
    by_rules: true,
    items: (scope) => explained(reading, scope),
    done: () => null,
    doing: () => reading.doing,
  };
}

/** It may be most of an hour. */
function tellWaiting(seconds: number): void {
  const end = new Date(Date.now() + seconds * 1000).toISOString();
  console.error(`GitHub allows no more requests for ${seconds} s: the import goes on by itself at ${end}`);
}

/** An answer in another form than GitHub's ends the import: what was left out could not be told apart from what is not. */
async function* explained(reading: GithubImport, scope: Scope): AsyncGenerator<ImportItem> {
  try {
    yield* reading.items(scope);
  } catch (cause) {
    if (!(cause instanceof MalformedPayload)) throw cause;
    throw new StartError(`While ${reading.doing}, GitHub's answer was not understood: ${cause.message}`);
  }
}
