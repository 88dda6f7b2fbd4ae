import { ValidateIf } from 'class-validator';

/** Optional, but unlike IsOptional not null. */
export function IsGiven(): PropertyDecorator {
  return ValidateIf((_: unknown, value: unknown) => value !== undefined);
}
