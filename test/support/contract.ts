import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { TestApp } from './app.js';

export interface Media {
  schema?: Record<string, unknown>;
  example?: unknown;
  examples?: Record<string, { summary?: string; value: unknown }>;
}

export interface Operation {
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; description?: string; example?: unknown; schema: Record<string, unknown> }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
  /** What the operation answers who prefers CSV. */
  'x-csv'?: { contentType: string; example: string };
}

/** The published contract, to hold examples and answers against. */
export class Contract {
  private constructor(
    readonly document: { tags: { name: string }[]; paths: Record<string, Record<string, Operation>> },
  ) {
    // ajv-formats is CommonJS whose default export is the module.
    (formats as unknown as (ajv: Ajv2020) => void)(this.ajv);
    this.ajv.addSchema(closed(document) as object, 'openapi');
  }

  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  static async of(app: TestApp): Promise<Contract> {
    const answer = await fetch(`${app.url}/openapi.json`);
    return new Contract((await answer.json()) as Contract['document']);
  }

  /** Each operation as method, path and what is said of it. */
  get operations(): [string, string, Operation][] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, string, Operation] => [
        method.toUpperCase(),
        path,
        operation,
      ]),
    );
  }

  /** The path of the contract that a path of a request is one of: the one with the fewest parameters. */
  pathOf(path: string): string {
    const [plain = ''] = path.split('?');
    const fits = (template: string): boolean => RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(plain);
    const [found] = Object.keys(this.document.paths)
      .filter(fits)
      .toSorted((a, b) => a.split('{').length - b.split('{').length);
    if (found === undefined) throw new Error(`${plain} is not in the contract`);
    return found;
  }

  /** What is wrong with a value by the schema at a place of the document. */
  faults(place: string[], value: unknown): string[] {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = this.ajv.compile({ $ref: `openapi#/${pointer}` });
    validate(value);
    return (validate.errors ?? []).map((error) => `${place.join(' ')}: ${error.instancePath} ${error.message}`);
  }
}

/** Its objects have no field beyond those that are documented. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closed(part)]));
  const open = parts['type'] === 'object' && 'properties' in parts && !('additionalProperties' in parts);
  return open ? { ...parts, additionalProperties: false } : parts;
}

/** Every route that the service answers, as Fastify draws them: a tree of the pieces of their paths. */
export function routesOf({ app }: TestApp): string[] {
  const drawn = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return drawn.split('\n').flatMap((line) => {
    const [, indent = '', piece = '', methods = ''] = /^([│ ]*)[├└]── (\S*) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (methods === '') return [];
    const depth = indent.length / 4;
    above.length = depth;
    above[depth] = piece;
    const path = above
      .join('')
      .replace('//', '/')
      .replaceAll(/:(\w+)/g, '{$1}');
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => `${method} ${path}`);
  });
}
