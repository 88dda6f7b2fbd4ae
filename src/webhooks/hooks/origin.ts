import type { Delivered } from './delivered.js';
import { type Finding, type Found, shown } from './finding.js';
import type { HookPath } from './hook-path.js';

/** Where a value comes from. */
export interface Origin {
  find(delivered: Delivered): Found[];
  /** Why nothing was found. */
  lost(delivered: Delivered): Omit<Finding, 'declared_at'>;
}

export class PathOrigin implements Origin {
  constructor(private readonly path: HookPath) {}

  find(delivered: Delivered): Found[] {
    return delivered.find(this.path);
  }

  lost(delivered: Delivered) {
    return delivered.lost(this.path);
  }
}

export class HeaderOrigin implements Origin {
  constructor(private readonly name: string) {}

  find(delivered: Delivered): Found[] {
    const value = delivered.header(this.name);
    return value === undefined ? [] : [{ value, pointer: '' }];
  }

  lost() {
    return { pointer: '', detail: `the header ${this.name} is missing` };
  }
}

/** Text, and what paths find between it: if one of them finds no text or number, the whole is nothing. */
export class TemplateOrigin implements Origin {
  constructor(private readonly parts: readonly (string | HookPath)[]) {}

  find(delivered: Delivered): Found[] {
    const texts = this.parts.map((part) => (typeof part === 'string' ? part : textAt(part, delivered)));
    return texts.includes(undefined) ? [] : [{ value: texts.join(''), pointer: '' }];
  }

  lost(delivered: Delivered) {
    const paths = this.parts.filter((part) => typeof part !== 'string');
    const path = paths.find((one) => textAt(one, delivered) === undefined);
    if (path === undefined) throw new Error('Nothing of the template is missing');
    const [found, ...more] = delivered.find(path);
    if (found === undefined) return delivered.lost(path);
    const what = more.length > 0 ? `${more.length + 1} values` : shown(found.value);
    return { pointer: found.pointer, detail: `${path.text} finds ${what}, and must find one text or number` };
  }
}

function textAt(path: HookPath, delivered: Delivered): string | undefined {
  const found = delivered.find(path);
  const value = found.length === 1 ? found[0]?.value : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
