/** Why one event was not stored. */
interface Rejection {
  /** Where it came from. */
  place: string;
  /** JSON pointer of the field; empty for the event as a whole. */
  pointer: string;
  detail: string;
}

/** Rejected events that are told in full; all are counted. */
const MOST_TOLD = 20;

/** What became of the events of an import. */
export class ImportOutcome {
  sent = 0;
  new = 0;
  known_before = 0;
  rejected = 0;
  /** The first of them, with every reason of each. */
  readonly rejections: Rejection[] = [];
  private told = 0;

  tell(place: string, reasons: readonly { pointer: string; detail: string }[]): void {
    if (this.told === MOST_TOLD) return;
    this.told++;
    this.rejections.push(...reasons.map(({ pointer, detail }) => ({ place, pointer, detail })));
  }

  toJSON() {
    const { sent, new: fresh, known_before, rejected, rejections } = this;
    return { sent, new: fresh, known_before, rejected, rejections };
  }
}

export function describeOutcome(outcome: ImportOutcome, dry_run: boolean): string {
  const { sent, rejected } = outcome;
  const events = sent === 1 ? '1 event' : `${sent} events`;
  const counts = dry_run
    ? `Nothing was sent. ${events}: ${outcome.new} would be sent, ${rejected} rejected.`
    : `Sent ${events}: ${outcome.new} new, ${outcome.known_before} known before, ${rejected} rejected.`;
  const reasons = outcome.rejections.map(
    ({ place, pointer, detail }) => `  ${place}: ${`${pointer} ${detail}`.trim()}`,
  );
  const untold = rejected > MOST_TOLD ? [`  … and ${rejected - MOST_TOLD} more`] : [];
  return [counts, ...reasons, ...untold].join('\n');
}
