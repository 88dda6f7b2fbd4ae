import { ApiProperty } from '@nestjs/swagger';
import { IsText } from './text.js';

export class Credentials {
  @ApiProperty({ minLength: 1, maxLength: 200, example: 'ada' })
  @IsText(1, 200)
  username!: string;

  @ApiProperty({ format: 'password', minLength: 1, maxLength: 1024, example: 'correct horse battery' })
  @IsText(1, 1024)
  password!: string;
}
