import type { Delivered } from './delivered.js';
import { type Finding, shown } from './finding.js';
import { isScalar, type Scalar } from './declaration.js';
import type { Origin } from './origin.js';

/** Something that a delivery, or an item of it, must have to be told. Values are compared as text: 1 is "1". */
export class Condition {
  constructor(
    private readonly declared_at: string,
    private readonly origin: Origin,
    private readonly values: { in?: readonly Scalar[] | undefined; not_in?: readonly Scalar[] | undefined },
  ) {}

  holds(delivered: Delivered): boolean {
    const found = this.origin.find(delivered).map(({ value }) => value);
    if (this.values.not_in) return !found.some((value) => isOneOf(value, this.values.not_in));
    return this.values.in ? found.some((value) => isOneOf(value, this.values.in)) : found.length > 0;
  }

  /** Why it does not hold. */
  finding(delivered: Delivered): Finding {
    const [found] = this.origin.find(delivered);
    if (found === undefined) return { declared_at: this.declared_at, ...this.origin.lost(delivered) };
    const { not_in, in: wanted = [] } = this.values;
    const detail = not_in ? `is one of ${listed(not_in)}` : `is ${shown(found.value)}, not one of ${listed(wanted)}`;
    return { declared_at: this.declared_at, pointer: found.pointer, detail };
  }
}

function isOneOf(value: unknown, values: readonly Scalar[] = []): boolean {
  return isScalar(value) && values.some((one) => String(one) === String(value));
}

function listed(values: readonly Scalar[]): string {
  return values.map(shown).join(', ');
}
