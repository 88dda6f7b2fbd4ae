import type { FieldError } from '../../events/event.reader.js';
import type { From } from './declaration.js';
import { HookPath } from './hook-path.js';
import { HeaderOrigin, type Origin, PathOrigin, TemplateOrigin } from './origin.js';

/** Headers that hold what must not be kept with a delivery. */
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie'];

/** Makes what a declaration takes values from, and notes what is wrong with it. */
export class Origins {
  /** Those that are read, in lower case. */
  readonly headers = new Set<string>();
  private readonly secret_headers: ReadonlySet<string>;

  constructor(
    private readonly faults: FieldError[],
    signature_header: string | undefined,
  ) {
    this.secret_headers = new Set([...SECRET_HEADERS, signature_header?.toLowerCase() ?? '']);
  }

  of({ path, header, template }: From, at: string, has_items: boolean): Origin | undefined {
    const given = [path, header, template].filter((one) => one !== undefined);
    if (given.length !== 1) return this.refuse(at, 'must have one of path, header and template');
    if (header !== undefined) return this.header(header.toLowerCase(), `${at}/header`);
    if (template !== undefined) return this.template(template, `${at}/template`, has_items);
    const parsed = this.path(path ?? '', `${at}/path`, has_items);
    return parsed && new PathOrigin(parsed);
  }

  path(text: string, at: string, has_items: boolean): HookPath | undefined {
    const path = HookPath.parse(text);
    if (typeof path === 'string') return this.refuse(at, path);
    if (!path.of_item || has_items) return path;
    return this.refuse(at, 'must begin with $: @ is an item of each, and here is none');
  }

  private header(name: string, at: string): Origin | undefined {
    if (this.secret_headers.has(name)) return this.refuse(at, 'holds a secret, which is not kept with a delivery');
    this.headers.add(name);
    return new HeaderOrigin(name);
  }

  /** Every second part is a path. */
  private template(text: string, at: string, has_items: boolean): Origin | undefined {
    const parts = text.split(/\{([^{}]*)\}/);
    if (parts.length === 1 && !/[{}]/.test(text))
      return this.refuse(at, 'has no {path}: if it is a constant, write it as one');
    if (parts.some((part, index) => index % 2 === 0 && /[{}]/.test(part))) {
      return this.refuse(at, 'must have paths in braces, and no brace else');
    }
    const made = parts.map((part, index) => (index % 2 === 0 ? part : this.path(part, at, has_items)));
    return made.includes(undefined) ? undefined : new TemplateOrigin(made.filter((part) => part !== undefined));
  }

  private refuse(pointer: string, detail: string): undefined {
    this.faults.push({ pointer, detail });
    return undefined;
  }
}
