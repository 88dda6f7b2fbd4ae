import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemBody } from './problem.js';

/** Documents a problem that a route answers. */
export function ApiProblem(status: number, description: string): ClassDecorator & MethodDecorator {
  const schema = { $ref: getSchemaPath(ProblemBody) };
  return applyDecorators(
    ApiExtraModels(ProblemBody),
    ApiResponse({ status, description, content: { 'application/problem+json': { schema } } }),
  );
}
