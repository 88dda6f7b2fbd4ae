import { applyDecorators, Injectable, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor, Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiExtension, ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { map, type Observable } from 'rxjs';
import { csvOf } from './csv.js';

const TABLE = 'devopstic:csv';
const CONTENT_TYPE = 'text/csv; charset=utf-8; header=present';

/** How an answer becomes the rows of a table. */
interface Table<View extends object> {
  view: Type<View>;
  rows: (answer: View) => object[];
  /** An answer as it looks, for the contract; its rows tell the columns. */
  example: View;
}

interface Reply {
  header(name: string, value: string): unknown;
}

/** Answers as CSV a caller that prefers it, and as JSON everyone else. */
@Injectable()
class CsvInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object | string> {
    const http = context.switchToHttp();
    const { headers, url } = http.getRequest<{ headers: { accept?: string }; url: string }>();
    const reply = http.getResponse<Reply>();
    reply.header('vary', 'accept');
    if (!prefersCsv(headers.accept)) return next.handle();
    const { rows, example } = this.reflector.get<Table<object>>(TABLE, context.getHandler());
    return next.handle().pipe(
      map((answer) => {
        reply.header('content-type', CONTENT_TYPE);
        const further = nextPage(url, answer);
        if (further !== null) reply.header('link', `<${further}>; rel="next"`);
        return csvOf(rows(answer), rows(example)[0]!);
      }),
    );
  }
}

/**
 * Lets a route answer as JSON and as CSV, and documents both. In the contract JSON is the answer and CSV an extension: with
 * two media types, the clients made from it would take every answer for either an object or a text.
 */
export function AlsoCsv<View extends object>(table: Table<View>): MethodDecorator {
  const { view, rows, example } = table;
  return applyDecorators(
    SetMetadata(TABLE, table),
    UseInterceptors(CsvInterceptor),
    ApiExtraModels(view),
    ApiOkResponse({
      description:
        'As JSON, or as CSV for `Accept: text/csv`: one row an item, its columns named by the path in the JSON',
      content: { 'application/json': { schema: { $ref: getSchemaPath(view) }, example } },
      headers: { Link: { description: 'Of CSV: the next page, if there is one', schema: { type: 'string' } } },
    }),
    ApiExtension('x-csv', { contentType: CONTENT_TYPE, example: csvOf(rows(example), rows(example)[0]!) }),
  );
}

/** Whether text/csv is asked for, and JSON is not asked for more. */
function prefersCsv(accept = ''): boolean {
  const weights = new Map(accept.split(',').map((range) => weighted(range)));
  const csv = weights.get('text/csv') ?? 0;
  return csv > 0 && csv >= (weights.get('application/json') ?? 0);
}

function weighted(range: string): [string, number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
  return [type, Number.isNaN(weight) ? 0 : weight];
}

/** The address of the page after this one: JSON has its cursor in `next`. */
function nextPage(url: string, answer: { next?: string | null }): string | null {
  if (!answer.next) return null;
  const [path, query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', answer.next);
  return `${path}?${parameters.toString()}`;
}
