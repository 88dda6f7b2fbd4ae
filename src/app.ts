import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import type { Config, DatabaseConfig } from './config/config.js';
import { isUpToDate } from './database/migrate.js';
import { guardDocs, keepNothing } from './docs-pages.js';
import { leaveBodies } from './http/body.js';
import { BodyInterceptor } from './http/body.interceptor.js';
import { BodyReader } from './http/body-reader.js';
import { tendConnections } from './http/connections.js';
import { answerOtherMethods } from './http/known-paths.js';
import { ProblemFilter } from './http/problem.filter.js';
import { requestId } from './http/request-id.js';
import { logRequests } from './http/request-log.js';
import { refuseConnection, refusePath } from './http/unparsable.js';
import { RequestPipe } from './http/validation.js';
import { NestLog } from './logger.js';
import { publishOpenApi } from './openapi.js';

interface AppParts {
  config: Config;
  database: DatabaseConfig;
  log: Logger;
  /** Builds the routes without what is behind them, for the OpenAPI document: needs no database. */
  preview?: boolean;
}

/** The service as it is started, and as the tests use it. */
export async function createApp({ config, database, log, preview = false }: AppParts): Promise<NestFastifyApplication> {
  const bodies = new BodyReader();
  const adapter = makeAdapter(config, log, bodies);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, database), adapter, {
    bodyParser: false,
    logger: new NestLog(log),
    abortOnError: false,
    preview,
  });
  app.useGlobalInterceptors(new BodyInterceptor(bodies));
  app.useGlobalPipes(new RequestPipe());
  app.useGlobalFilters(new ProblemFilter(() => isUpToDate(app.get(DataSource))));
  publishOpenApi(app);
  return app;
}

function makeAdapter({ trusted_proxies }: Config, log: Logger, bodies: BodyReader): FastifyAdapter {
  const adapter = new FastifyAdapter({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    trustProxy: [...trusted_proxies],
    genReqId: requestId,
    // Bodies have time-outs of their own, see WholeBody and BodyStream.
    requestTimeout: 0,
    http: { headersTimeout: 60_000 },
    // While stopping, requests that still come in on open connections are served, not refused.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    clientErrorHandler: refuseConnection,
    frameworkErrors: refusePath,
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  leaveBodies(fastify);
  tendConnections(fastify, bodies);
  logRequests(fastify, log);
  answerOtherMethods(fastify);
  closeConnectionsWhenStopping(fastify);
  guardDocs(fastify);
  keepNothing(fastify);
  return adapter;
}

/** A connection kept alive would hold up the stop until it times out. */
function closeConnectionsWhenStopping(fastify: FastifyInstance): void {
  let stopping = false;
  fastify.addHook('preClose', (done) => {
    stopping = true;
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    // One whose body is still being sent is closed when its sender has had time to read the answer.
    if (stopping && request.raw.complete) reply.header('connection', 'close');
    done(null, payload);
  });
}
