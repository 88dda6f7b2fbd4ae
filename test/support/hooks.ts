import { createHmac, randomUUID } from 'node:crypto';
import type { TestApp } from './app.js';

export type Json = Record<string, unknown>;

export interface Trial {
  outcome: string;
  reason: string | null;
  delivery_id: string | null;
  events: Json[];
  findings: { declared_at: string; pointer: string; detail: string }[];
}

/** What a hook is asked, by an admin and by those who send to it. */
export class HookClient {
  constructor(
    private readonly app: TestApp,
    private readonly key: string,
  ) {}

  /** A hook of its own, for a test that must not see the others'. */
  async declared(declaration: object, name = `hook-${randomUUID()}`): Promise<string> {
    const answer = await this.app.request('PUT', `/hooks/${name}`, { body: declaration });
    expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([expect.any(Number), '']);
    return name;
  }

  async tryOut(name: string, body: object): Promise<Trial> {
    return (await (await this.app.request('POST', `/hooks/${name}/try`, { body })).json()) as Trial;
  }

  async send(
    name: string,
    payload: object,
    headers: Record<string, string> = {},
    token: string | null = this.key,
  ): Promise<{ status: number; body: Json }> {
    const answer = await this.app.request('POST', `/hooks/${name}`, { body: payload, headers, token });
    return { status: answer.status, body: (await answer.json()) as Json };
  }

  async deliveries(name: string): Promise<Json[]> {
    return this.items(`/webhook-deliveries?source=hooks/${name}`);
  }

  async events(pipeline: string): Promise<Json[]> {
    return this.items(`/events?pipeline=${pipeline}`);
  }

  async replay(name: string, dry_run = false): Promise<Json> {
    const body = { source: `hooks/${name}`, dry_run };
    return (await (await this.app.request('POST', '/webhook-deliveries/replay', { body })).json()) as Json;
  }

  private async items(path: string): Promise<Json[]> {
    return ((await (await this.app.request('GET', path)).json()) as { items: Json[] }).items;
  }
}

export function sign(payload: object, secret: string): string {
  return createHmac('sha256', secret).update(JSON.stringify(payload)).digest('hex');
}

/** A deployment to production, at a pipeline of the hook's own. */
export function aDeclaration(changed: object = {}, event: object = {}): object {
  const deploy = {
    type: 'deploy',
    pipeline_id: { path: '$.app' },
    environment: 'production',
    status: { path: '$.state', map: { DONE: 'success', BROKEN: 'failure' } },
    commit_id: { path: '$.sha' },
    timestamp: { path: '$.at' },
  };
  return { events: [{ ...deploy, ...event }], ...changed };
}

export function aPayload(changed: object = {}): object {
  return { app: `app-${randomUUID()}`, state: 'DONE', sha: 'c1', at: '2026-03-02T10:30:00Z', ...changed };
}
