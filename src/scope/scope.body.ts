import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Min, ValidateNested } from 'class-validator';
import { IsText } from '../auth/text.js';
import { IsGiven } from '../http/is-given.js';
import { ScopeRules } from './scope-rules.js';

/** All the rules there are to be. What `GET /scope` answers is one of these. */
export class NewScope {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description:
      'The version that was read and changed: if another is in force by now, the answer is 409; absent: whichever is',
    example: 3,
  })
  @IsGiven()
  @IsInt()
  @Min(0)
  version?: number;

  @ApiProperty({ type: ScopeRules })
  @IsObject()
  @ValidateNested()
  @Type(() => ScopeRules)
  rules!: ScopeRules;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    minLength: 1,
    maxLength: 1000,
    description: 'Why, for whoever reads the versions later',
    example: 'payments owns the shop now',
  })
  @IsOptional()
  @IsText(1, 1000)
  note?: string | null;
}
