import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';

/** One fault of a request: where, as a JSON Pointer into the body or `/name` of a query parameter, and what. */
export class ProblemDetail {
  @ApiProperty({ description: 'JSON Pointer (RFC 6901) to the wrong value', example: '/commit_id' })
  pointer!: string;

  @ApiProperty({ description: 'What is wrong with it', example: 'is required for deploy' })
  detail!: string;
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

export function problemBody(problem: Problem, instance: string, request_id: string): ProblemBody {
  const status = problem.getStatus();
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: 'about:blank', title, status, detail: problem.detail, instance, request_id, errors: problem.errors };
}
