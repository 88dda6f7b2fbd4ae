import {
  jsonpath,
  JSONPathEnvironment,
  JSONPathError,
  JSONPathLexerError,
  JSONPathQuery,
  type JSONValue,
} from 'json-p3';
import { type Found, namesIn, pointerTo, shown } from './finding.js';

const { NameSelector, IndexSelector } = jsonpath.selectors;

const environment = new JSONPathEnvironment();
// These two take regular expressions, some of which take for ever.
environment.functionRegister.delete('match');
environment.functionRegister.delete('search');

/**
 * A JSONPath (RFC 9535) that costs no more than the size of what it is asked of, whoever sends that: it does not
 * descend at will, take several branches at once, or begin anew at the root for each of many.
 */
export class HookPath {
  private constructor(
    readonly text: string,
    private readonly query: JSONPathQuery,
  ) {}

  /** A sentence instead, if it is none that may be used. */
  static parse(text: string): HookPath | string {
    if (!/^[$@]/.test(text)) return 'must begin with $ (the payload) or @ (the item of each), as in $.deployment.id';
    try {
      const query = environment.compile(`$${text.slice(1)}`);
      return costOf(text) ?? new HookPath(text, query);
    } catch (cause) {
      return `is no JSONPath (RFC 9535): ${reasonOf(cause)}`;
    }
  }

  /** Whether it begins at the item, and not at the payload. */
  get of_item(): boolean {
    return this.text.startsWith('@');
  }

  /** Whether it can find one thing at most. */
  get single(): boolean {
    return this.query.singularQuery();
  }

  find(from: Found): Found[] {
    return nodesOf(this.query, from);
  }

  /** Where it gets lost, and what is there instead. */
  lost(from: Found): { pointer: string; detail: string } {
    const { segments } = this.query;
    for (let length = segments.length - 1; length >= 0; length -= 1) {
      const [end] = nodesOf(new JSONPathQuery(environment, segments.slice(0, length)), from);
      if (end === undefined) continue;
      const [next] = segments[length]?.selectors ?? [];
      const name = next instanceof NameSelector ? [next.name] : next instanceof IndexSelector ? [next.index] : [];
      const detail = `${this.text} finds nothing: ${end.pointer || 'the payload'} ${whatIs(end.value)}`;
      return { pointer: pointerTo(end.pointer, name), detail };
    }
    return { pointer: from.pointer, detail: `${this.text} finds nothing` };
  }
}

function nodesOf(query: JSONPathQuery, { value, pointer }: Found): Found[] {
  const { nodes } = query.query(value as JSONValue);
  return nodes.map((node) => ({ value: node.value, pointer: pointerTo(pointer, node.location) }));
}

function whatIs(value: unknown): string {
  if (Array.isArray(value)) return `is a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `has ${namesIn(value) || 'nothing in it'}`;
  return `is ${shown(value)}`;
}

/** Outside of quotes a second `$`, a comma and two dots mean one thing each. */
function costOf(text: string): string | undefined {
  const bare = text.slice(1).replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '');
  if (bare.includes('..')) return 'must not search at all depths (..): name the way';
  if (bare.includes('$')) return 'must not begin at $ again inside of a filter';
  return bare.includes(',') ? 'must take one way only, not several separated by a comma' : undefined;
}

function reasonOf(cause: unknown): string {
  if (cause instanceof JSONPathLexerError) return 'it breaks off';
  if (!(cause instanceof JSONPathError)) throw cause;
  return cause.message.replace(/ \('.*':(\d+)\)$/s, ' at character $1');
}
