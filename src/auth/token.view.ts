import { ApiProperty } from '@nestjs/swagger';

export class Token {
  @ApiProperty({ description: 'Always 200, as in earlier versions of this API', example: 200 })
  code!: 200;

  @ApiProperty({
    description: 'Send it as `Authorization: Bearer <token>`',
    example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl',
  })
  token!: string;

  @ApiProperty({
    format: 'date-time',
    description: 'When the token ends (RFC 3339)',
    example: '2026-01-05T21:30:00.000Z',
  })
  expire!: string;
}
