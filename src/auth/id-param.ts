import { Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Problem } from '../http/problem.js';

/** The UUID in a path `…/:id`. @throws Problem 400 */
export function IdParam(name = 'id'): ParameterDecorator {
  const exceptionFactory = () =>
    new Problem(400, 'The request is not valid', [{ pointer: `/${name}`, detail: `${name} must be a UUID` }]);
  return Param(name, new ParseUUIDPipe({ exceptionFactory }));
}

/** The same in the contract. */
export function ApiIdParam(description: string, name = 'id'): MethodDecorator {
  return ApiParam({ name, description, format: 'uuid', example: '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11' });
}
