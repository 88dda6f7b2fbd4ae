import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsObject, ValidateNested } from 'class-validator';
import { IsText } from '../auth/text.js';
import { IsGiven } from '../http/is-given.js';

const MOST = 1000;
const text = (longest: number) => ({ type: 'string' as const, minLength: 1, maxLength: longest });

/** A text that must be there. */
export function Text(longest: number, description: string, example: string): PropertyDecorator {
  return applyDecorators(ApiProperty({ ...text(longest), description, example }), IsText(1, longest));
}

export function OptionalText(longest: number, description: string, example: string): PropertyDecorator {
  const documented = ApiPropertyOptional({ ...text(longest), description, example });
  return applyDecorators(documented, IsGiven(), IsText(1, longest));
}

/** What narrows a rule down. */
export function Narrowing(longest: number, description: string, example: string): PropertyDecorator {
  return OptionalText(longest, `${description}; absent: any`, example);
}

/** A list of texts, as many as it may have; one at least. */
export function SomeTexts(most: number, longest: number, description: string, example: string[]): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'array', items: text(longest), minItems: 1, maxItems: most, description, example }),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(most),
    IsText(1, longest, { each: true }),
  );
}

export function Texts(
  longest: number,
  description: string,
  example: string[],
  fallback?: readonly string[],
): PropertyDecorator {
  const documented = { type: 'array', items: text(longest), maxItems: MOST, description, example } as const;
  return applyDecorators(
    fallback === undefined ? ApiProperty(documented) : ApiPropertyOptional({ ...documented, default: [...fallback] }),
    IsArray(),
    ArrayMaxSize(MOST),
    IsText(1, longest, { each: true }),
  );
}

/** A list within a rule, with nothing in it twice; one at least. */
export function SomeRules<Kind extends object>(
  most: number,
  kind: new () => Kind,
  name: keyof Kind & string,
  description: string,
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: [kind], minItems: 1, maxItems: most, description }),
    ArrayMinSize(1),
    ArrayMaxSize(most),
    ArrayUnique((one: Kind | null) => one?.[name], { message: `must not have two with one ${name}` }),
    Nested(kind),
  );
}

function Nested(kind: new () => object): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    Type(() => kind),
  );
}

export function Rules(kind: new () => object, description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: [kind], maxItems: MOST, default: [], description }),
    ArrayMaxSize(MOST),
    Nested(kind),
  );
}
