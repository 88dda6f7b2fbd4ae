import { setTimeout as sleep } from 'node:timers/promises';
import { ADMIN } from '../../support/app.js';
import { run, type Program } from '../../support/cli.js';
import { GITHUB_SECRET } from '../../support/github-sender.js';
import { freePort } from '../../../src/database/embedded/data-dir.js';

/** As a kill comes while hundreds of requests are in flight, it is told by the processor how long a start takes. */
const PATIENCE_MS = 120_000;

/** An instance of the service: a process at a port that stays, which is killed and started again. */
export class Besieged {
  private program: Program | null = null;
  private ended = true;

  private constructor(
    readonly url: string,
    readonly environment: Record<string, string>,
    private readonly by: string[],
  ) {}

  /** @param by a command that runs it */
  static async on(environment: Record<string, string>, by: string[] = []): Promise<Besieged> {
    const port = await freePort();
    const settings = {
      DEVOPSTIC_HOST: '127.0.0.1',
      DEVOPSTIC_LOG_LEVEL: 'error',
      DEVOPSTIC_USERNAME: ADMIN.username,
      DEVOPSTIC_PASSWORD: ADMIN.password,
      DEVOPSTIC_GITHUB_WEBHOOK_SECRET: GITHUB_SECRET,
      ...environment,
      DEVOPSTIC_PORT: String(port),
    };
    return new Besieged(`http://127.0.0.1:${port}`, settings, by);
  }

  /** Starts it, and waits until it says that it is ready. */
  async start(): Promise<void> {
    const program = run(['serve'], this.environment, { by: this.by });
    this.program = program;
    this.ended = false;
    void program.ended.then(() => (this.ended = true));
    await this.ready();
  }

  async ready(): Promise<void> {
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.isReady())) {
      if (this.ended || Date.now() > until) throw new Error(`It does not get ready:\n${this.program?.stderr()}`);
      await sleep(50);
    }
  }

  async isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5000) });
      await response.arrayBuffer();
      return response.status === 200;
    } catch {
      return false;
    }
  }

  async kill(): Promise<void> {
    this.program?.kill('SIGKILL');
    await this.program?.ended;
  }

  async stop(): Promise<void> {
    this.program?.kill('SIGTERM');
    await this.program?.ended;
  }

  /** An API key that may send events. */
  async key(): Promise<string> {
    const { token } = await this.post<{ token: string }>('/tokens', ADMIN, {});
    const body = { name: 'siege', scopes: ['events:write'] };
    const { secret } = await this.post<{ secret: string }>('/api-keys', body, { authorization: `Bearer ${token}` });
    return secret;
  }

  private async post<T>(path: string, body: object, headers: Record<string, string>): Promise<T> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T;
  }
}
