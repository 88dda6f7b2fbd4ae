import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

const LONGEST_AGENT = 200;

/** Where a login comes from, for whoever looks through their sessions. */
export interface Origin {
  address: string;
  /** What the sender calls itself; null: it does not say. */
  agent: string | null;
}

interface FromSomewhere {
  ip: string;
  headers: { 'user-agent'?: string };
}

export const CurrentOrigin = createParamDecorator((_: unknown, context: ExecutionContext): Origin => {
  const { ip, headers } = context.switchToHttp().getRequest<FromSomewhere>();
  return { address: ip, agent: headers['user-agent']?.slice(0, LONGEST_AGENT) ?? null };
});
