import { userInfo } from 'node:os';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

export const ACTOR_KINDS = ['user', 'key', 'anyone', 'cli', 'service'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who does something, from where, and in which request. */
export interface Actor {
  kind: ActorKind;
  /** Of the user or the key; null for those that have none. */
  id: string | null;
  name: string | null;
  address: string | null;
  request_id: string | null;
}

/** What the service does of itself, as at its start. */
export const SERVICE: Actor = { kind: 'service', id: null, name: null, address: null, request_id: null };

/** Who runs a command on the machine of the service: whom the operating system takes him for. */
export function commandLine(): Actor {
  return { kind: 'cli', id: null, name: systemUser(), address: null, request_id: null };
}

/** A container may run under a number that no user of its system has. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** As stored beside what he made. */
export function nameOf({ name, kind }: Actor): string {
  return name ?? kind;
}

interface Called {
  caller?: { kind: 'user' | 'key' | 'anyone'; id: string; name: string };
}

/** Who makes this request; `anyone` where no credential is shown. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const request = context.switchToHttp().getRequest<FastifyRequest & Called>();
  const { address, id: request_id, caller } = request;
  if (!caller || caller.kind === 'anyone') return { kind: 'anyone', id: null, name: null, address, request_id };
  return { kind: caller.kind, id: caller.id, name: caller.name, address, request_id };
});
