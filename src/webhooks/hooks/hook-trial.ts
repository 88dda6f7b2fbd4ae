import { Injectable } from '@nestjs/common';
import { storedEvent } from '../../events/event.js';
import { Problem } from '../../http/problem.js';
import { DeliveryTranslator } from '../delivery-translator.js';
import type { Finding } from './finding.js';
import { Hooks, unknown } from './hooks.js';
import { HookSource, readingOf } from './hook.source.js';
import type { Told } from './mapping.js';
import { StaleHook } from './stale-hook.js';
import { readTrial } from './trial.reader.js';
import type { TrialView } from './hook.view.js';

/** What would become of a delivery: nothing is stored, and nothing counted. */
@Injectable()
export class HookTrial {
  constructor(
    private readonly hooks: Hooks,
    private readonly translator: DeliveryTranslator,
  ) {}

  /**
   * @throws Problem 400 if the declaration to be tried is wrong; 404 if none is given, and none is saved; 409 if the saved one
   * cannot be read any more
   */
  async run(name: string, asked: unknown, received_at: Date): Promise<TrialView> {
    const { payload, headers, mapping } = readTrial(asked);
    const source = mapping ? new HookSource(name, mapping, null) : await this.hooks.sourceOf(name);
    if (source === null) return unknown(name);
    if (source instanceof StaleHook) throw new Problem(409, source.fault);
    const told = source.mapping.tell(payload, headers);
    const delivery_id = source.mapping.deliveryIdOf(payload, headers) ?? null;
    const scope = await this.translator.scope();
    const read = told.events.flatMap(({ body, declared_at }) =>
      this.translator.complete(scope, body, source.name, received_at).map((result) => ({ declared_at, result })),
    );
    return { delivery_id, ...outcomeOf(told, read) };
  }
}

/** An event of the payload, as it would be recorded, or why not. */
interface Completed {
  declared_at: string;
  result: ReturnType<DeliveryTranslator['complete']>[number];
}

function outcomeOf(told: Told, read: readonly Completed[]): Omit<TrialView, 'delivery_id'> {
  if (told.faults.length > 0) return { outcome: 'refused', reason: 'malformed', events: [], findings: told.faults };
  const { ignored = null } = readingOf(told);
  const left_out = [...told.unmapped, ...told.left_out];
  if (told.events.length === 0) return { outcome: 'ignored', reason: ignored, events: [], findings: left_out };
  const refused: Finding[] = read.flatMap(({ declared_at, result }) =>
    'errors' in result
      ? result.errors.map((error) => ({
          declared_at: declared_at + error.pointer,
          pointer: '',
          detail: error.detail,
        }))
      : [],
  );
  if (refused.length > 0) return { outcome: 'failed', reason: 'not_an_event', events: [], findings: refused };
  const events = read.flatMap(({ result }) => ('event' in result ? [storedEvent(result.event)] : []));
  return { outcome: 'recorded', reason: ignored, events, findings: left_out };
}
