import type { BatchResult } from '../events/batch-intake.js';
import type { ImportItem } from './import-item.js';
import type { ImportOutcome } from './import-outcome.js';
import { noResult, type Receiver } from './receiver.js';

/** As many as the service records in one transaction: what is under way is soon answered, and told. */
const MOST_EVENTS = 500;
const MOST_CHARACTERS = 2_000_000;

type Reasons = { pointer: string; detail: string }[];

/** Items in their order, and what of them can be sent. */
class Batch {
  private readonly items: { place: string; reasons: Reasons }[] = [];
  private readonly sent: { place: string; reasons: Reasons }[] = [];
  readonly lines: string[] = [];
  private characters = 0;

  add(item: ImportItem): void {
    const told = { place: item.place, reasons: [] as Reasons };
    this.items.push(told);
    if ('unreadable' in item) {
      told.reasons.push({ pointer: '', detail: item.unreadable });
      return;
    }
    const line = JSON.stringify(item.event);
    this.lines.push(line);
    this.sent.push(told);
    this.characters += line.length;
  }

  get full(): boolean {
    return this.items.length === MOST_EVENTS || this.characters > MOST_CHARACTERS;
  }

  settle(result: BatchResult, outcome: ImportOutcome): void {
    for (const { index, pointer, detail } of result.errors) this.sent[index]?.reasons.push({ pointer, detail });
    outcome.sent += this.items.length;
    outcome.new += result.accepted;
    outcome.known_before += result.duplicates;
    outcome.rejected += result.rejected + this.items.length - this.sent.length;
    for (const { place, reasons } of this.items) if (reasons.length > 0) outcome.tell(place, reasons);
  }
}

/** Sends the items batch by batch, and reads no further before a batch is answered: memory holds one. */
export async function sendItems(
  items: AsyncIterable<ImportItem> | Iterable<ImportItem>,
  receiver: Receiver,
  outcome: ImportOutcome,
  progress: { sending: (events: number) => void; answered: () => void },
): Promise<void> {
  let batch = new Batch();
  const send = async () => {
    progress.sending(batch.lines.length);
    // Where nothing could be read, there is nothing to send.
    batch.settle(batch.lines.length === 0 ? noResult() : await receiver.receive(batch.lines), outcome);
    batch = new Batch();
    progress.answered();
  };
  for await (const item of items) {
    batch.add(item);
    if (batch.full) await send();
  }
  await send();
}
