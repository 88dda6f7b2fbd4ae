import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closed, listening } from './listening.js';

export type Listed = Record<string, unknown>;
/** What goes wrong with the next request to a path. */
export type Fault = 'rate limit' | 'secondary limit' | 'bad gateway' | 'broken answer' | 'no answer';

export const GITHUB_TOKEN = 'ghp_of_this_test';

/** Answers as GitHub's REST API does, for one repository: pages with links, limits, and faults that a test asks for. */
export class FakeGithub {
  /** The answer of each path after the repository's: an object, or a list that a request may narrow. */
  readonly answers = new Map<string, Listed | ((query: URLSearchParams) => Listed[])>();
  readonly asked: string[] = [];
  private readonly faults: { path: string; fault: Fault }[] = [];
  private readonly server: Server;

  constructor(
    private readonly repository: string,
    private readonly page_size: number,
  ) {
    this.server = createServer((request, reply) => this.answer(request, reply));
  }

  async start(): Promise<void> {
    await listening(this.server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  fail(path: string, ...faults: Fault[]): void {
    this.faults.push(...faults.map((fault) => ({ path, fault })));
  }

  /** Faults that were asked for and did not happen. */
  get left(): string[] {
    return this.faults.map(({ path, fault }) => `${fault} of ${path}`);
  }

  async stop(): Promise<void> {
    await closed(this.server);
  }

  private answer(request: IncomingMessage, reply: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    const path = url.pathname.slice(`/repos/${this.repository}`.length);
    this.asked.push(path);
    if (request.headers.authorization !== `token ${GITHUB_TOKEN}`)
      return json(reply, 401, { message: 'Bad credentials' });
    const fault = this.faults.findIndex((one) => one.path === path);
    const found = this.answers.get(path);
    if (fault !== -1) return spoil(reply, this.faults.splice(fault, 1)[0]!.fault);
    if (found === undefined || !url.pathname.startsWith(`/repos/${this.repository}`)) {
      return json(reply, 404, { message: 'Not Found' });
    }
    if (typeof found !== 'function') return json(reply, 200, found);
    this.page(reply, url, found(url.searchParams));
  }

  private page(reply: ServerResponse, url: URL, items: Listed[]): void {
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), this.page_size);
    const page = Number(url.searchParams.get('page') ?? 1);
    const last = Math.max(Math.ceil(items.length / size), 1);
    const link = (to: number, rel: string) => {
      url.searchParams.set('page', String(to));
      return `<${url.href}>; rel="${rel}"`;
    };
    if (page < last) reply.setHeader('link', `${link(page + 1, 'next')}, ${link(last, 'last')}`);
    json(reply, 200, items.slice((page - 1) * size, page * size));
  }
}

function json(reply: ServerResponse, status: number, body: unknown): void {
  reply.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function spoil(reply: ServerResponse, fault: Fault): void {
  if (fault === 'no answer') {
    reply.destroy();
  } else if (fault === 'broken answer') {
    reply.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': 1000 });
    reply.write('[{"number": ', () => reply.destroy());
  } else if (fault === 'bad gateway') {
    reply.writeHead(502, { 'content-type': 'text/html' }).end('<html>Unicorn!</html>');
  } else {
    limit(reply, fault);
  }
}

/** In the words of GitHub's documentation. */
function limit(reply: ServerResponse, fault: 'rate limit' | 'secondary limit'): void {
  if (fault === 'secondary limit') {
    reply.setHeader('retry-after', '3');
    json(reply, 429, {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    });
    return;
  }
  reply.setHeader('x-ratelimit-remaining', '0');
  reply.setHeader('x-ratelimit-reset', String(Math.ceil(Date.now() / 1000)));
  json(reply, 403, { message: 'API rate limit exceeded for user ID 1.' });
}
