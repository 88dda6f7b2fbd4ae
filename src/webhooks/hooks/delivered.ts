import { type Headers, headerOf } from '../webhook-source.js';
import type { Found } from './finding.js';
import type { HookPath } from './hook-path.js';

/** A delivery, and the item of it that is looked at, if it has several. */
export class Delivered {
  constructor(
    private readonly payload: Found,
    private readonly headers: Headers,
    private readonly item = payload,
    /** What a path finds in the payload is the same for all items, of which there may be many. */
    private readonly known = new Map<string, Found[]>(),
  ) {}

  withItem(item: Found): Delivered {
    return new Delivered(this.payload, this.headers, item, this.known);
  }

  /** Null and empty text are nothing. */
  find(path: HookPath): Found[] {
    const known = this.known.get(path.text);
    if (known) return known;
    const found = path.find(this.from(path)).filter(({ value }) => value !== null && value !== '');
    if (!path.of_item) this.known.set(path.text, found);
    return found;
  }

  lost(path: HookPath): { pointer: string; detail: string } {
    return path.lost(this.from(path));
  }

  header(name: string): string | undefined {
    return headerOf(this.headers, name) || undefined;
  }

  private from(path: HookPath): Found {
    return path.of_item ? this.item : this.payload;
  }
}
