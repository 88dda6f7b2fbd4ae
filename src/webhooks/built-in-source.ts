import type { Config } from '../config/config.js';
import type { Scope } from '../scope/scope.js';
import type { Delivery, Reading, Signature, WebhookSource } from './webhook-source.js';

/** A kind of sender that there is code for: who sends, as the contract and the route have it, and what is sent means. */
export interface BuiltInSource extends Pick<WebhookSource, 'name' | 'identify'> {
  path: string;
  /** The `operationId` of the contract. */
  operation: string;
  /** Whose webhook it is, as its users call it. */
  sender: string;
  /** As the contract shows them. */
  headers: readonly { name: string; required?: boolean; description: string; example: string }[];
  /** Beside Content-Type and User-Agent, in lower case. */
  kept_headers?: readonly string[];
  /** Further content types than JSON and a form with JSON in it. */
  content_types?: readonly string[];
  /** A body in the provider's form. */
  example: object;
  /** Absent: its senders cannot sign, and send an API key instead. */
  signature?: (config: Config) => Signature;
  read: (delivery: Delivery, scope: Scope, config: Config) => Reading;
}

export function sourceFrom(built_in: BuiltInSource, config: Config): WebhookSource {
  const { name, kept_headers = [], signature, identify, read } = built_in;
  return {
    name,
    signature: signature?.(config) ?? null,
    kept_headers: ['content-type', 'user-agent', ...kept_headers],
    identify,
    read: (delivery, scope) => read(delivery, scope, config),
  };
}

/** What the source of this name is injected by. */
export function tokenOf(name: string): string {
  return `webhook source ${name}`;
}
