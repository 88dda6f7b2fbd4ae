import { ServiceClient } from '../client/service-client.js';
import { asSomebody } from '../client/sign-in.js';
import type { Config } from '../config/config.js';
import { Unreachable } from '../client/faults.js';
import { type Scope, UNSCOPED } from '../scope/scope.js';
import { StartError } from '../start-error.js';
import type { ImportSource } from './import-item.js';
import { describeOutcome, ImportOutcome } from './import-outcome.js';
import { ImportProgress, SILENT } from './import-progress.js';
import { DryRun, PatientSender, type Receiver } from './receiver.js';
import { rulesIfKnown, rulesInForce } from './rules-in-force.js';
import { sendItems } from './send-items.js';

/** What all imports are told alike. */
export interface ImportOptions {
  url?: string;
  dryRun?: true;
  json?: true;
}

/** Sends a past to the service, or with `dryRun` to the standard output; true if every event was taken. */
export async function runImport(source: ImportSource, options: ImportOptions, config: Config): Promise<boolean> {
  const outcome = new ImportOutcome();
  const service = new ServiceClient(options.url ?? config.service_url);
  if (options.dryRun) {
    process.stdout.on('error', endOfInterest);
    const scope = source.by_rules ? await rulesIfKnown(service, config) : UNSCOPED;
    await sendItems(source.items(scope), new DryRun(process.stdout), outcome, SILENT);
  } else {
    await service.greet();
    await asSomebody(service, config, async () => {
      const scope = source.by_rules ? await rulesInForce(service) : UNSCOPED;
      const sender = new PatientSender(service, (message) => console.error(message));
      await sendAll(source, scope, sender, outcome);
    });
  }
  const told = options.json ? JSON.stringify(outcome) : describeOutcome(outcome, options.dryRun === true);
  // The standard output of a dry run holds the events.
  if (options.dryRun) console.error(told);
  else console.log(told);
  return outcome.rejected === 0;
}

/** Who reads no more, as `head`, has seen enough. */
function endOfInterest(cause: NodeJS.ErrnoException): void {
  if (cause.code !== 'EPIPE') throw cause;
  process.exit(0);
}

async function sendAll(source: ImportSource, scope: Scope, receiver: Receiver, outcome: ImportOutcome): Promise<void> {
  const progress = new ImportProgress(source);
  progress.start();
  try {
    await sendItems(source.items(scope), receiver, outcome, {
      sending: (events) => progress.waitFor(events),
      answered: () => progress.show(outcome.sent),
    });
  } catch (cause) {
    if (!(cause instanceof StartError)) throw cause;
    const stored = outcome.new + outcome.known_before;
    const again = cause instanceof Unreachable ? '. Run it again: none is recorded twice' : '';
    throw new StartError(`${cause.message}\n${stored} events are stored${again}`);
  } finally {
    progress.stop();
  }
}
