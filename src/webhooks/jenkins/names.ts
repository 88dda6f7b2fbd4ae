import type { Payload } from '../payload.js';

/** The full name of a job, with its folders: its path is `job/folder/job/name/`, its name the last part alone. */
export function jobOf(payload: Payload): string {
  const path = payload.at('url').optionalText() ?? '';
  const parts = [...path.matchAll(/(?:^|\/)job\/([^/]+)/g)].map(([, part = '']) => decoded(part));
  return parts.length > 0 ? parts.join('/') : payload.at('name').text();
}

/** `acme/shop`, of `https://git.example/acme/shop.git` and of `git@git.example:acme/shop.git` alike. */
export function repositoryOf(url: Payload): string | undefined {
  const [, path] = /^(?:\w+:\/\/[^/]+\/|[^/@]+@[^/:]+:)(.+?)(?:\.git)?\/?$/.exec(url.optionalText() ?? '') ?? [];
  return path;
}

/** A name that is no proper encoding is taken as it is. */
function decoded(part: string): string {
  return part.replaceAll(/(?:%[0-9a-f]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString());
}
