import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One fault of a request: where, as a JSON Pointer into the body or `/name` of a query parameter, and what. */
export class ProblemDetail {
  @ApiProperty({ description: 'JSON Pointer (RFC 6901) to the wrong value', example: '/commit_id' })
  pointer!: string;

  @ApiProperty({ description: 'What is wrong with it', example: 'is required for deploy' })
  detail!: string;
}

/** How far a batch came that ended early. */
export class Progress {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Its first so many items are settled', example: 12000 })
  items!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Of them stored now', example: 11990 })
  accepted!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Stored before with the same content', example: 8 })
  duplicates!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Not stored, and not to be sent again', example: 2 })
  rejected!: number;
}

/** RFC 9457 problem details: the body of every 4xx and 5xx answer. */
export class ProblemBody {
  @ApiProperty({
    description: 'Always about:blank: the status says what kind of problem it is',
    example: 'about:blank',
  })
  type!: string;

  @ApiProperty({ description: "The status code's name", example: 'Bad Request' })
  title!: string;

  @ApiProperty({ description: 'The HTTP status code', type: 'integer', minimum: 400, maximum: 599, example: 400 })
  status!: number;

  @ApiProperty({ description: 'What went wrong with this request', example: 'The request is not valid' })
  detail!: string;

  @ApiProperty({ description: 'The path that was asked for, without its query', example: '/events' })
  instance!: string;

  @ApiProperty({ description: 'The id under which the request is logged', example: '7b0c5c1e5e0f4f0e8d3b2a' })
  request_id!: string;

  @ApiProperty({ description: 'The single faults, if the request was not valid', type: [ProblemDetail] })
  errors!: ProblemDetail[];

  @ApiPropertyOptional({ description: 'Of a batch that ended early: how far it came', type: Progress })
  progress?: Progress;
}

/** What any part of the service throws to be answered as a problem. The detail is shown to the caller. */
export class Problem extends HttpException {
  constructor(
    status: number,
    readonly detail: string,
    readonly errors: ProblemDetail[] = [],
    readonly headers: Record<string, string> = {},
  ) {
    super(detail, status);
  }
}

/** Whatever ended a batch early, and how far it came. It is answered as its cause is. */
export class Interrupted extends Error {
  constructor(
    override readonly cause: unknown,
    readonly progress: Progress,
  ) {
    super(`ended early, after ${progress.items} items`, { cause });
  }
}

export function problemBody(problem: Problem, instance: string, request_id: string): ProblemBody {
  const status = problem.getStatus();
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail: problem.detail, instance, request_id, errors: problem.errors };
}
