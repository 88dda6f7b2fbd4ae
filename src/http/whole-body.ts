import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.js';

/** A body that is read as a whole must have come in by then. */
const DEADLINE_MS = 120_000;
const SMALLEST_PIECE = 16_384;
const LARGEST_PIECE = 1_048_576;

/**
 * A body that is read into memory as a whole.
 *
 * What comes in is copied into pieces of memory that double up to 1 MiB. Node hands over each chunk of a chunked body as a
 * Buffer of its own: kept as they come, 1 MiB in chunks of a byte would take 200.
 */
export class WholeBody {
  /** Settles with all of it; or with a Problem, where the sender breaks off or takes too long, or sends too much. */
  readonly bytes: Promise<Buffer>;
  /** Bytes of memory that it takes at the moment. */
  held = 0;
  /** Told whenever something has come in. */
  onArrival: (bytes: number) => void = () => undefined;
  /** Bytes that have come in so far. */
  received = 0;
  private readonly pieces: Buffer[] = [];
  /** Bytes of the last piece that are in use. */
  private filled = 0;
  private ended = false;
  private end!: (problem: Problem | null) => void;
  private readonly deadline: NodeJS.Timeout;

  constructor(
    private readonly source: IncomingMessage,
    private readonly limit: number,
  ) {
    this.bytes = new Promise((resolve, reject) => {
      this.end = (problem) => {
        // What its sender goes on to send is thrown away, and comes to its end later.
        if (this.ended) return;
        this.ended = true;
        clearTimeout(this.deadline);
        source.off('data', this.take);
        if (problem === null) resolve(this.joined());
        else reject(problem);
        this.drop();
      };
    });
    const late = (): void => this.breakOff(new Problem(408, `The body has not come in within ${DEADLINE_MS / 1000} s`));
    this.deadline = setTimeout(late, DEADLINE_MS).unref();
    source.on('data', this.take);
    source.once('end', () => this.end(null));
    const brokenOff = (): void => this.breakOff(new Problem(400, 'The body broke off'));
    source.once('close', brokenOff);
    // Its sender has gone while it was asked who sends, and so will not go again.
    if (source.destroyed) brokenOff();
  }

  /** Ends it, unless all has come in. What has come in is let go. */
  breakOff(problem: Problem): void {
    if (!this.source.readableEnded) this.end(problem);
  }

  /** Nothing more is read, so that its sender has to wait. */
  pause(): void {
    this.source.pause();
  }

  /** The time that its sender was made to wait is not its own. */
  goOn(): void {
    if (!this.ended) this.deadline.refresh();
    this.source.resume();
  }

  private readonly take = (chunk: Buffer): void => {
    this.received += chunk.length;
    if (this.received > this.limit) return this.end(tooLarge(this.limit));
    for (let from = 0; from < chunk.length;) {
      const piece = this.roomyPiece();
      const copied = chunk.copy(piece, this.filled, from);
      this.filled += copied;
      from += copied;
    }
    this.onArrival(chunk.length);
  };

  private roomyPiece(): Buffer {
    const last = this.pieces.at(-1);
    if (last !== undefined && this.filled < last.length) return last;
    const size = Math.min(LARGEST_PIECE, last === undefined ? SMALLEST_PIECE : last.length * 2);
    const piece = Buffer.allocUnsafeSlow(size);
    this.pieces.push(piece);
    this.held += size;
    this.filled = 0;
    return piece;
  }

  private joined(): Buffer {
    return Buffer.concat(this.pieces, this.received);
  }

  private drop(): void {
    this.pieces.length = 0;
    this.held = 0;
  }
}

export function tooLarge(limit: number): Problem {
  return new Problem(413, `The body is larger than ${limit} bytes`);
}
