import { readFileSync } from 'node:fs';
import { startApp, type TestApp } from './support/app.js';
import { Contract, type Media, type Operation, routesOf } from './support/contract.js';

/** Pages and their files, and the contract itself. */
const PAGES = /^GET \/(\*?$|docs|openapi\.json$|dashboard)/;
const PROBLEM = 'application/problem+json';

describe('the contract', () => {
  let app: TestApp;
  let contract: Contract;
  beforeAll(async () => {
    app = await startApp({ DEVOPSTIC_GITHUB_WEBHOOK_SECRET: 'a secret' });
    contract = await Contract.of(app);
  });
  afterAll(() => app.close());

  /** What is wrong with any of the operations; nothing, if all is well. */
  function flaws(of: (operation: Operation, name: string, path: string[]) => (string | false)[]): string[] {
    return contract.operations.flatMap(([method, path, operation]) =>
      of(operation, `${method} ${path}`, ['paths', path, method.toLowerCase()]).filter((flaw) => flaw !== false),
    );
  }

  it('has every route that is answered, and no other', () => {
    const answered = routesOf(app).filter((route) => !PAGES.test(route));
    expect(answered.length).toBeGreaterThan(25);
    expect(contract.operations.map(([method, path]) => `${method} ${path}`).toSorted()).toEqual(answered.toSorted());
  });

  it('is the one that is kept in the repository', async () => {
    const kept = readFileSync(new URL('../doc/openapi.json', import.meta.url), 'utf8');
    expect(`${JSON.stringify(contract.document, null, 2)}\n`).toBe(kept);
  });

  it('names each operation, says what it is for and who may call it', () => {
    const tags = new Set(contract.document.tags.map(({ name }) => name));
    const ids = contract.operations.map(([, , { operationId }]) => operationId);
    expect(ids).toEqual([...new Set(ids)]);
    const found = flaws(({ operationId, summary, tags: [tag] = [], security }, name) => [
      !/^[a-z]+[A-Za-z]*$/.test(operationId) && `${name}: ${operationId}`,
      !summary && `${name} has no summary`,
      !(tag && tags.has(tag)) && `${name} has the tag ${tag}`,
      !security && `${name} says nothing of security`,
    ]);
    expect(found).toEqual([]);
  });

  it('describes each parameter with an example, and each body with one', () => {
    const found = flaws(({ parameters = [], requestBody }, name) => [
      ...parameters.flatMap((parameter) => [
        !parameter.description && `${name}: ${parameter.name} has no description`,
        !('type' in parameter.schema || 'enum' in parameter.schema) && `${name}: ${parameter.name} has no type`,
        examplesOf(parameter).length === 0 && `${name}: ${parameter.name} has no example`,
      ]),
      ...Object.entries(requestBody?.content ?? {}).map(
        ([type, media]) => !media.schema && `${name}: the body of ${type} has no schema`,
      ),
    ]);
    expect(found).toEqual([]);
  });

  it('has for each operation a success and its problems, each with its schema', () => {
    const found = flaws(({ responses, requestBody, security = [] }, name) => {
      const statuses = Object.keys(responses);
      const secured = security.length > 0 && security.every((one) => 'bearer' in one);
      const due = [...(requestBody ? ['400', '413'] : []), ...(secured ? ['401', '403'] : []), 'default'];
      return [
        !statuses.some((status) => status.startsWith('2')) && `${name} has no success`,
        ...due.map((status) => !statuses.includes(status) && `${name} has no ${status}`),
        ...Object.entries(responses).flatMap(([status, { description, content = {} }]) => [
          !description && `${name} ${status} has no description`,
          status !== '204' && Object.keys(content).length === 0 && `${name} ${status} has no content`,
          !status.startsWith('2') && !(PROBLEM in content) && `${name} ${status} is no problem`,
          ...Object.entries(content).map(([type, { schema }]) => !schema && `${name} ${status} ${type} has no schema`),
        ]),
      ];
    });
    expect(found).toEqual([]);
  });

  it('answers each status in one type, so that clients made from it know which', () => {
    const found = flaws(({ responses }, name) =>
      Object.entries(responses).map(([status, { content = {} }]) => {
        const types = Object.keys(content);
        return types.length > 1 && `${name} ${status}: ${types.join(', ')}`;
      }),
    );
    expect(found).toEqual([]);
  });

  it('has examples that are what their schemas say', () => {
    const found = flaws(({ parameters = [], requestBody, responses }, _name, path) => [
      ...parameters.flatMap(({ schema, example }, n) =>
        examplesOf({ schema, example }).flatMap((value) =>
          contract.faults([...path, 'parameters', String(n), 'schema'], value),
        ),
      ),
      ...mediaFaults([...path, 'requestBody'], requestBody?.content),
      ...Object.entries(responses).flatMap(([status, { content }]) =>
        mediaFaults([...path, 'responses', status], content),
      ),
    ]);
    expect(found).toEqual([]);
    const schemas = (contract.document as unknown as { components: { schemas: object } }).components.schemas;
    expect(schemaFaults(['components', 'schemas'], schemas)).toEqual([]);
  });

  function mediaFaults(path: string[], content: Record<string, Media> = {}): string[] {
    return Object.entries(content).flatMap(([type, media]) =>
      examplesOf(media).flatMap((value) => contract.faults([...path, 'content', type, 'schema'], value)),
    );
  }

  /** The examples inside of schemas, wherever they are. */
  function schemaFaults(path: string[], schema: unknown): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    const below = Object.entries(schema)
      .filter(([name]) => !['example', 'examples'].includes(name))
      .flatMap(([name, part]) => schemaFaults([...path, name], part));
    const isSchema = 'type' in schema || '$ref' in schema || 'enum' in schema;
    const own = isSchema ? examplesOf({ schema }) : [];
    return [...below, ...own.flatMap((value) => contract.faults(path, value))];
  }
});

function examplesOf({ schema = {}, example, examples = {} }: Media): unknown[] {
  const { example: one, examples: several } = schema as { example?: unknown; examples?: unknown };
  const named = Object.values(examples).map(({ value }) => value);
  return [example, one, ...(Array.isArray(several) ? several : []), ...named].filter((value) => value !== undefined);
}
