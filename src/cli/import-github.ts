import { text } from 'node:stream/consumers';
import { checkedCredential } from '../client/credential.js';
import { Config } from '../config/config.js';
import { githubSource } from '../import/github/github-source.js';
import { type ImportOptions, runImport } from '../import/run-import.js';
import { sinceOf } from '../import/since.js';
import { StartError } from '../start-error.js';

export interface ImportGithubOptions extends ImportOptions {
  tokenStdin?: true;
  apiUrl: string;
  since?: string;
  releasesAs?: string;
  incidentLabel?: string;
  reviews?: true;
}

export async function importGithub(repository: string, options: ImportGithubOptions): Promise<void> {
  const { tokenStdin, apiUrl: api_url, since } = options;
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new StartError(`${repository}: give it as owner/repository`);
  if (!/^https?:\/\//i.test(api_url) || !URL.canParse(api_url)) throw new StartError(`--api-url ${api_url} is no URL`);
  const config = new Config();
  const token = tokenStdin ? (await text(process.stdin)).trim() : config.github_token;
  if (!token) throw new StartError('Give a token of GitHub: in GITHUB_TOKEN, or by --token-stdin');
  const source = githubSource(
    { repository, token: checkedCredential(token, 'The token of GitHub'), api_url },
    {
      since: sinceOf(since),
      naming: config.github_pipeline_id,
      releases_as: options.releasesAs,
      incident_label: options.incidentLabel,
      reviews: options.reviews === true,
    },
  );
  if (!(await runImport(source, options, config))) process.exitCode = 1;
}
