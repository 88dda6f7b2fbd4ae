import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../auth/access.js';
import { Problem } from '../http/problem.js';
import { encodingFor, PageFiles, type PageFile } from './page-files.js';

/** The page runs nothing and asks nothing but what comes from this service, whatever a pipeline is called. */
const SECURITY = {
  'content-security-policy': [
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

const ALWAYS_ASK = 'no-cache';
const FOR_GOOD = 'public, max-age=31536000, immutable';

@Controller()
@Access('public')
@ApiExcludeController()
export class DashboardController {
  constructor(private readonly files: PageFiles) {}

  @Get()
  page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    void reply.headers(SECURITY);
    send(this.files.page(), ALWAYS_ASK, request, reply);
  }

  /** Files under the page's own version never change. Under another one, of a replica of before, they may not be kept. */
  @Get('assets/:version/*')
  asset(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { version, '*': name } = request.params as { version: string; '*': string };
    const file = this.files.asset(name);
    if (file === undefined) throw new Problem(404, `The page has no file ${name}`);
    send(file, version === this.files.version() ? FOR_GOOD : ALWAYS_ASK, request, reply);
  }
}

function send(file: PageFile, keep: string, request: FastifyRequest, reply: FastifyReply): void {
  const encoding = encodingFor(request.headers['accept-encoding']);
  const etag = `"${file.hash}-${encoding}"`;
  void reply.headers({ etag, 'cache-control': keep, vary: 'accept-encoding' });
  const known = request.headers['if-none-match']?.split(/\s*,\s*/).some((tag) => tag.replace(/^W\//, '') === etag);
  if (known) {
    void reply.status(304).send();
    return;
  }
  if (encoding !== 'identity') void reply.header('content-encoding', encoding);
  void reply.type(file.type).send(file.bodies[encoding]);
}
