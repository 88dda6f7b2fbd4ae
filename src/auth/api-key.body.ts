import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsRFC3339,
  IsUUID,
} from 'class-validator';
import { SCOPES, type Scope } from './api-key.entity.js';
import { IsText } from './text.js';

export class NewApiKey {
  @ApiProperty({ description: 'What it is for', minLength: 1, maxLength: 100, example: 'shop deploy job' })
  @IsText(1, 100)
  name!: string;

  @ApiProperty({
    enum: SCOPES,
    isArray: true,
    minItems: 1,
    uniqueItems: true,
    description: '`events:write` sends events; `metrics:read` reads everything; `admin` all',
    example: ['events:write'],
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes!: Scope[];

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 200 },
    nullable: true,
    minItems: 1,
    maxItems: 1000,
    uniqueItems: true,
    description: 'The only pipelines it may send events for and see; absent or null = all. Not with the scope `admin`',
    example: ['acme/shop'],
  })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(1000)
  @ArrayUnique()
  @IsText(1, 200, { each: true })
  pipelines?: string[] | null;

  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    format: 'date-time',
    description: 'From then on it is refused (RFC 3339, in the future); absent or null = never',
    example: '2027-01-01T00:00:00Z',
  })
  @IsOptional()
  @IsRFC3339()
  expires_at?: string | null;
}

export class ApiKeyChange {
  @ApiProperty({
    format: 'uuid',
    description: 'The enabled user who answers for it from now on',
    example: '6f1c4d0e-7a55-4f0b-9a1e-2f6f0f3f6b11',
  })
  @IsUUID()
  owner_id!: string;
}
