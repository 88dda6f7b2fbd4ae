import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Problem } from '../../http/problem.js';
import { HOOK_NAME } from './hooks.js';

const pipe: PipeTransform<string> = {
  transform: (name) => {
    if (HOOK_NAME.test(name)) return name;
    const detail = 'must be of lower case letters, digits and, between them, hyphens: at most 100 characters';
    throw new Problem(400, 'The request is not valid', [{ pointer: '/name', detail }]);
  },
};

/** The name in a path `hooks/:name`. @throws Problem 400 */
export function HookName(): ParameterDecorator {
  return Param('name', pipe);
}

/** The same in the contract. */
export function ApiHookName(): MethodDecorator {
  return ApiParam({ name: 'name', type: 'string', description: 'The hook’s `name`', example: 'release-desk' });
}
