import { applyDecorators } from '@nestjs/common';
import { IsString, Length, Matches, type ValidationOptions } from 'class-validator';

/** A string of `min` to `max` characters with nothing in it that PostgreSQL or a log line could not hold. */
export function IsText(min: number, max: number, options?: ValidationOptions): PropertyDecorator {
  return applyDecorators(
    IsString(options),
    Length(min, max, options),
    Matches(/^[^\p{Cc}\p{Cs}]*$/u, {
      ...options,
      message: '$property must hold no control characters and no lone surrogates',
    }),
  );
}
