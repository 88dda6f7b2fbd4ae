import { Param, ParseUUIDPipe } from '@nestjs/common';
import { Problem } from '../http/problem.js';

const uuid = new ParseUUIDPipe({
  exceptionFactory: () =>
    new Problem(400, 'The request is not valid', [{ pointer: '/id', detail: 'id must be a UUID' }]),
});

/** The UUID in a path `…/:id`. @throws Problem 400 */
export function IdParam(): ParameterDecorator {
  return Param('id', uuid);
}
