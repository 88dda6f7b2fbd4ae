import { STATUS_CODES } from 'node:http';
import { type OpenAPIObject, getSchemaPath } from '@nestjs/swagger';
import { ProblemBody } from './http/problem.js';

const PROBLEM_TYPE = 'application/problem+json';
const NDJSON = 'application/x-ndjson';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const HEADERS: Record<number, Record<string, string>> = {
  401: { 'WWW-Authenticate': 'How to prove who you are' },
  429: { 'Retry-After': 'Seconds after which it is worth another try' },
  503: { 'Retry-After': 'Seconds after which it is worth another try' },
};

interface Answer {
  description: string;
  headers?: object;
  content?: Record<string, { schema?: object; example?: unknown }>;
}

interface Parameter {
  name: string;
  required?: boolean;
  schema?: { example?: unknown; examples?: unknown[] };
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, Answer>;
}

/** Adds to each route the problems that any route of its kind may answer, and to all problems what they look like. */
export function completeOperations({ paths }: OpenAPIObject): void {
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (operation) complete(path, operation);
    }
  }
}

/** Swagger UI fills in an `example`, and so would narrow down by what nobody asked for; `examples` it leaves alone. */
function leaveOpen({ required, schema }: Parameter): void {
  if (required || schema?.example === undefined) return;
  schema.examples = [schema.example];
  delete schema.example;
}

function complete(path: string, { parameters, requestBody, responses }: Operation): void {
  const lines = requestBody?.content[NDJSON];
  if (lines) requestBody.content[NDJSON] = { schema: { type: 'string', description: 'One Event a line' } };
  parameters?.forEach(leaveOpen);
  const takes = Object.keys(requestBody?.content ?? {});
  const common: [number, boolean, string][] = [
    [400, takes.length > 0 || (parameters ?? []).length > 0, 'Something is wrong with the request: see `errors`'],
    [413, takes.length > 0, 'The body is too large'],
    [415, takes.length > 0 && takes.every((type) => type.includes('json')), `The body is not ${takes.join(' or ')}`],
    [503, path !== '/health', 'The database cannot be reached: nothing was stored'],
  ];
  for (const [status, applies, description] of common) {
    if (applies) responses[status] ??= { description };
  }
  responses['default'] ??= {
    description: 'Any other problem; a 500 is a fault of ours, logged under its `request_id`',
  };
  const wrong = parameters?.[0]?.name ?? 'pipeline_id';
  for (const [status, answer] of Object.entries(responses)) {
    if (!/^[123]/.test(status)) describe(Number(status), answer, exampleOf(path, Number(status) || 500, answer, wrong));
  }
}

function describe(status: number, answer: Answer, example: ProblemBody): void {
  answer.content = { [PROBLEM_TYPE]: { schema: { $ref: getSchemaPath(ProblemBody) }, example } };
  const headers = Object.entries(HEADERS[status] ?? {}).map(
    ([name, description]) => [name, { description, schema: { type: 'string' } }] as const,
  );
  if (headers.length > 0) answer.headers = Object.fromEntries(headers);
}

function exampleOf(path: string, status: number, { description }: Answer, wrong: string): ProblemBody {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: description.replace(/[:;].*$/, ''),
    instance: path,
    request_id: '7b0c5c1e-5e0f-4f0e-8d3b-2a6f0f3f6b11',
    errors: status === 400 ? [{ pointer: `/${wrong}`, detail: 'must be a string' }] : [],
  };
}
