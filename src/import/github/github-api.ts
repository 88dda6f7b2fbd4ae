import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { StartError } from '../../start-error.js';

/** An object as GitHub answers it. */
export type Raw = Readonly<Record<string, unknown>>;

export interface GithubAccess {
  /** `acme/shop` */
  repository: string;
  token: string;
  api_url: string;
  /** Is told how many seconds GitHub wants to be left alone. */
  waiting: (seconds: number) => void;
}

/** GitHub answered that it will not tell. */
export class GithubRefusal extends StartError {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const PER_PAGE = 100;
const RETRIES = 5;
/** Of being asked to wait: a limit is an hour at most, and others may use the same token. */
const MOST_WAITS = 20;
/** Asked again these would be answered the same; and after 429 it is for the throttling to wait as long as GitHub says. */
const FINAL = [400, 401, 403, 404, 410, 422, 429, 451];

const Client = Octokit.plugin(paginateRest, retry, throttling);
const quiet = () => undefined;

/** Reads one repository by GitHub's REST API: as slowly as that wants it, and again where it fails. */
export class GithubApi {
  private readonly client: InstanceType<typeof Client>;
  private readonly repository: string;

  constructor({ repository, token, api_url, waiting }: GithubAccess) {
    this.repository = repository;
    const wait = (seconds: number, _options: unknown, _client: unknown, waits: number) => {
      waiting(seconds);
      return waits < MOST_WAITS;
    };
    this.client = new Client({
      auth: token,
      baseUrl: api_url.replace(/\/+$/, ''),
      userAgent: 'devopstic',
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      request: { fetch: fetchWhole },
      retry: { retries: RETRIES, doNotRetry: FINAL },
      throttle: { onRateLimit: wait, onSecondaryRateLimit: wait },
    });
  }

  /** One object; the path is that after the repository's. */
  async one(path: string): Promise<Raw> {
    return this.explained(path, async () => (await this.client.request(`GET ${this.pathOf(path)}`)).data as Raw);
  }

  /** A list, page by page, in GitHub's order. */
  async *pages(path: string, parameters: Raw = {}): AsyncGenerator<Raw[]> {
    const options = { ...parameters, per_page: PER_PAGE };
    const pages = this.client.paginate.iterator(`GET ${this.pathOf(path)}`, options)[Symbol.asyncIterator]();
    for (;;) {
      const page = await this.explained(path, () => pages.next());
      if (page.done === true) return;
      yield page.value.data as Raw[];
    }
  }

  /** The items of a list. */
  async *list(path: string, parameters: Raw = {}): AsyncGenerator<Raw> {
    for await (const page of this.pages(path, parameters)) yield* page;
  }

  private pathOf(path: string): string {
    return `/repos/${this.repository}${path}`;
  }

  private async explained<T>(path: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      const { status = 0, message } = cause as Error & { status?: number };
      throw new GithubRefusal(
        `GitHub answered ${status} to ${this.pathOf(path)}: ${adviceOf(status, message)}`,
        status,
      );
    }
  }
}

function adviceOf(status: number, message: string): string {
  if (status === 401) return 'the token is not valid';
  if (status === 404) return 'there is no such repository, or the token may not read it';
  if (status === 403) return `the token may not read that (${message})`;
  return message;
}

/** An answer that breaks off must fail, and be asked for again: the client would take what came of it for the whole. */
async function fetchWhole(...request: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(...request);
  const body = await answer.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, answer);
}
