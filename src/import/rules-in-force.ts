import { Refused } from '../client/faults.js';
import type { ServiceClient } from '../client/service-client.js';
import { asSomebody } from '../client/sign-in.js';
import type { Config } from '../config/config.js';
import { NO_RULES } from '../scope/no-rules.js';
import type { ScopeRules } from '../scope/scope-rules.js';
import { Scope, UNSCOPED } from '../scope/scope.js';
import { StartError } from '../start-error.js';

/** The rules by which the service reads deliveries. A key that may not read them is enough to send. */
export async function rulesInForce(service: ServiceClient): Promise<Scope> {
  try {
    // A service of an older version may not know them all.
    const { rules } = await service.get<{ rules: Partial<ScopeRules> }>('/scope');
    return new Scope({ ...NO_RULES, ...rules });
  } catch (cause) {
    if (!(cause instanceof Refused) || cause.status !== 403) throw cause;
    return without('the key may not read them: give it the scope metrics:read as well, and no limit to pipelines');
  }
}

/** Where nothing is sent, it goes without a service, too; and without a key, which would have to be made for it. */
export async function rulesIfKnown(service: ServiceClient, config: Config): Promise<Scope> {
  if (config.service_key === null && config.password === null) return without('no key is set to ask the service with');
  let scope = UNSCOPED;
  try {
    await asSomebody(service, config, async () => {
      scope = await rulesInForce(service);
    });
  } catch (cause) {
    if (!(cause instanceof StartError)) throw cause;
    scope = without(cause.message);
  }
  return scope;
}

function without(why: string): Scope {
  console.error(`No scope rules are applied: ${why}`);
  return UNSCOPED;
}
