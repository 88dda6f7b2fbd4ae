import type { KeyObject } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Problem } from '../http/problem.js';

/** What a credential allows: see the metrics, send events, manage users and keys. */
export type Permission = 'read' | 'write' | 'admin';

/** Who makes a request, whichever credential proved it. */
export interface Caller {
  readonly kind: 'user' | 'key' | 'anyone';
  /** The username, or the key's name. */
  readonly name: string;
  /** UUID of the user or of the key. */
  readonly id: string;
  readonly may: ReadonlySet<Permission>;
  /** The only pipelines that the caller may see and send events for; null = all. */
  readonly pipelines: ReadonlySet<string> | null;
}

/** Whoever sends no credential, where reading is open to all (`DEVOPSTIC_PUBLIC_READ`). */
export const ANYONE: Caller = { kind: 'anyone', name: 'anyone', id: '', may: new Set(['read']), pipelines: null };

/** What a user token says: whose it is, which of that user's generations it belongs to, and of which session it is. */
export interface Claims {
  sub: string;
  ver: number;
  /** Absent in tokens of versions that had no sessions. */
  sid?: string;
  /** When it was issued, in epoch seconds. */
  iat?: number;
  /** Epoch seconds. */
  exp: number;
}

/** A request that the guard let pass: `caller` is absent on public routes only, and where a sender shows no credential. */
export interface CallerRequest {
  headers: { authorization?: string };
  caller?: Caller;
  /** What the user token says, under passport's name for it; absent if there is an API key instead. */
  user?: Claims | null;
  /** What a user token must have been signed with; only there if it is checked and not remembered. */
  token_key?: KeyObject;
}

/** The caller of this request. Not for public routes, which have none; those for senders need not have one. */
export const CurrentCaller = createParamDecorator(
  (_: unknown, context: ExecutionContext): Caller | undefined =>
    context.switchToHttp().getRequest<CallerRequest>().caller,
);

/** Whether the caller may send events for this pipeline. */
export function mayWrite(caller: Caller, pipeline_id: string): boolean {
  return caller.may.has('write') && (caller.pipelines?.has(pipeline_id) ?? true);
}

/** The pipelines that the caller may see, sorted; null = all. Ready to be a `text[]` parameter of a query. */
export function visiblePipelines(caller: Caller): string[] | null {
  return caller.pipelines && [...caller.pipelines].toSorted();
}

/**
 * The pipelines to answer a question about: those asked for, else all that the caller may see; null = all there are.
 * @throws Problem 403 if one was asked for that the caller may not see
 */
export function pipelinesToRead(caller: Caller, asked: readonly string[] = []): string[] | null {
  const hidden = asked.find((pipeline) => caller.pipelines?.has(pipeline) === false);
  if (hidden !== undefined) {
    const detail = `${hidden} is not one of the pipelines that this key may see`;
    throw new Problem(403, 'The key is limited to other pipelines', [{ pointer: '/pipeline', detail }]);
  }
  return asked.length > 0 ? [...new Set(asked)] : visiblePipelines(caller);
}
