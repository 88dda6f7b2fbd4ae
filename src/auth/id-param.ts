import { Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Problem } from '../http/problem.js';

const uuid = new ParseUUIDPipe({
  exceptionFactory: () =>
    new Problem(400, 'The request is not valid', [{ pointer: '/id', detail: 'id must be a UUID' }]),
});

/** The UUID in a path `…/:id`. @throws Problem 400 */
export function IdParam(): ParameterDecorator {
  return Param('id', uuid);
}

/** The same in the contract. */
export function ApiIdParam(description: string): MethodDecorator {
  return ApiParam({ name: 'id', description, format: 'uuid', example: '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11' });
}
