import { createRequire } from 'node:module';

interface Example {
  event: string;
  payload: unknown;
}

const VERSIONS = ['api.github.com', 'ghes-31', 'ghes-32', 'ghes-33', 'ghes-34', 'ghes-35'];

/** The payloads that @octokit/webhooks-examples has collected, of GitHub itself and of its Enterprise Server. */
export function githubExamples(): { version: string; examples: Example[] }[] {
  const load = createRequire(import.meta.url) as (file: string) => { name: string; examples: unknown[] }[];
  return VERSIONS.map((version) => {
    const collected = load(`@octokit/webhooks-examples/${version}/index.json`);
    const examples = collected.flatMap(({ name, examples: all }) => all.map((payload) => ({ event: name, payload })));
    return { version, examples };
  });
}
